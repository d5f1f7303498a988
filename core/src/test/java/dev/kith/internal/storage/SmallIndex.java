package dev.kith.internal.storage;

import dev.kith.Hit;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.flat.FlatIndex;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Small indexes, and a text of everything an index holds and answers, down to the last bit. */
public final class SmallIndex {
  /** The text for a directory without an index. */
  public static final String NONE = "no index";

  private SmallIndex() {}

  /** An index whose content depends on every argument. */
  public static FlatIndex make(int dimension, Metric metric, int vectors, int kind) {
    return fill(FlatIndex.create(dimension, metric), vectors, kind);
  }

  /** Adds vectors to an empty index, one by one. */
  public static <T extends MutableVectorIndex> T fill(T index, int vectors, int kind) {
    for (int i = 0; i < vectors; i++) {
      index.add(1000L * kind + 7L * (i ^ 1), vector(index.dimension(), 100 * kind + i));
    }
    return index;
  }

  /** A vector that no other number gives, of small binary fractions; never zero. */
  public static float[] vector(int dimension, int number) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = ((number * 37 + i * 11 + number * i) % 61 - 30) / 8f;
    }
    vector[0] = (number + 1) / 4f;
    return vector;
  }

  /** Everything an index holds and answers. */
  public static String describe(VectorIndex index) {
    StringBuilder text = new StringBuilder(index.spec() + "\n");
    for (long id : index.ids()) {
      text.append("vector ").append(id).append(':');
      for (float value : index.vector(id)) {
        text.append(' ').append(bits(value));
      }
      text.append('\n');
    }
    for (int number = 0; number < 3; number++) {
      text.append("nearest to ").append(number).append(':');
      float[] query = vector(index.dimension(), 50 * number + 3);
      for (Hit hit : index.search(SearchRequest.of(query, 5))) {
        text.append(' ').append(hit.id()).append('=').append(bits(hit.distance()));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** The index in a directory, as its generation and description. */
  public static String stored(Path directory) throws IOException {
    try (VectorIndex index = VectorIndexes.open(directory)) {
      return atGeneration(index.stats().generation(), index);
    } catch (NoSuchFileException e) {
      return NONE;
    }
  }

  /** What {@link #stored} gives once an index has been saved as a generation. */
  public static String atGeneration(long generation, VectorIndex index) {
    return "generation " + generation + " of " + describe(index);
  }

  private static String bits(float value) {
    return String.format("%08x", Float.floatToRawIntBits(value));
  }
}
