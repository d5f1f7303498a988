package dev.kith.internal.storage;

import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import dev.kith.flat.FlatIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Saves one generation after the other into a directory until it is killed. What a generation holds
 * follows from its number. Lines end in a dot: a killed process may leave half of one.
 */
public final class KillLoopProgram {
  static final String FOUND = "found ";
  static final String SAVED = "saved ";
  static final String END = ".";

  private static final int DIMENSION = 24;
  private static final int FEWEST = 80;

  private KillLoopProgram() {}

  /** Takes the directory. */
  public static void main(String[] arguments) throws IOException {
    run(Path.of(arguments[0]), () -> FlatIndex.create(DIMENSION, Metric.L2));
  }

  /** Verifies what is there, and goes on from it; an index of the supplier is the first. */
  public static void run(Path directory, Supplier<MutableVectorIndex> fresh) throws IOException {
    boolean there = Files.exists(directory.resolve(FileNames.MANIFEST));
    try (MutableVectorIndex index = there ? VectorIndexes.openForWriting(directory) : fresh.get()) {
      long generation = index.stats().generation();
      verify(index, generation);
      System.out.println(FOUND + generation + END);
      for (boolean first = true; ; first = false) {
        become(index, ++generation);
        index.save(directory);
        System.out.println(SAVED + generation + END);
        if (first) {
          verifyNoLeftovers(directory, generation);
        }
      }
    }
  }

  private static int size(long generation) {
    return generation == 0 ? 0 : FEWEST + (int) (generation % 7);
  }

  private static float[] vector(int dimension, long id, long generation) {
    float[] vector = new float[dimension];
    Arrays.fill(vector, id);
    vector[0] = generation;
    return vector;
  }

  private static void become(MutableVectorIndex index, long generation) {
    float[][] vectors = new float[size(generation)][];
    for (int id = 0; id < vectors.length; id++) {
      vectors[id] = vector(index.dimension(), id, generation);
    }
    index.addAll(VectorSource.of(vectors), BulkOptions.defaults().threads(1));
    for (long id : index.ids()) {
      if (id >= size(generation)) {
        index.remove(id);
      }
    }
  }

  /** Fails unless the index holds what the generation held, all of it and nothing else. */
  private static void verify(VectorIndex index, long generation) {
    if (index.size() != size(generation)) {
      throw new IllegalStateException(index.size() + " vectors in generation " + generation);
    }
    for (long id = 0; id < size(generation); id++) {
      float[] expected = vector(index.dimension(), id, generation);
      if (!Arrays.equals(index.vector(id), expected)) {
        throw new IllegalStateException("vector " + id + " in generation " + generation);
      }
    }
  }

  private static void verifyNoLeftovers(Path directory, long generation) throws IOException {
    List<String> names = Storage.current().list(directory);
    boolean one = names.size() == 3 && names.getFirst().endsWith("-" + generation + ".kith");
    if (!one) {
      throw new IllegalStateException("after the save of generation " + generation + ": " + names);
    }
  }
}
