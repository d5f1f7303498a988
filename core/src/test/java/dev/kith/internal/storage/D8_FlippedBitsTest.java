package dev.kith.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A flipped bit anywhere in an index is noticed. The tests of other index types inherit this. */
public class D8_FlippedBitsTest {
  private static final boolean EVERY_BIT = Boolean.getBoolean("kith.long");

  /** The type name of the indexes that are tested. */
  protected String type() {
    return "flat";
  }

  /** An index of that type, whose content depends on every argument. */
  protected MutableVectorIndex make(int dimension, Metric metric, int vectors, int kind) {
    return SmallIndex.make(dimension, metric, vectors, kind);
  }

  @ParameterizedTest
  @EnumSource
  void everyFlippedByteIsNoticed(Metric metric) throws IOException {
    TamperedIndex index = new TamperedIndex(make(3, metric, 5, 1));
    int flips = 0;
    for (String file : index.files()) {
      ByteBuffer good = index.copy(file);
      for (int at = 0; at < good.capacity(); at++) {
        for (int bit = EVERY_BIT ? 0 : at % 8; bit < 8; bit += EVERY_BIT ? 1 : 8) {
          ByteBuffer bad = index.copy(file);
          bad.put(at, (byte) (bad.get(at) ^ 1 << bit));
          index.put(file, bad);
          String damage = "bit " + bit + " of byte " + at + " of " + file;
          index.assertNoticed(damage);
          index.assertMappedSafely(damage);
          index.put(file, good);
          flips++;
        }
      }
    }
    assertThat(flips).isGreaterThan(900);
  }
}
