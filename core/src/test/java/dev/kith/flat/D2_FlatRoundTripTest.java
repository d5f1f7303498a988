package dev.kith.flat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.OpenMode;
import dev.kith.OpenOptions;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.internal.storage.SmallIndex;
import dev.kith.internal.storage.TamperedIndex;
import dev.kith.support.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A reopened index answers bit for bit as the one that was saved, however it is opened, and is
 * saved again as the same bytes.
 */
class D2_FlatRoundTripTest {
  private static final int CASES = 200;

  /** An index that knows generation 1 of the directory saves this one. */
  private static final String NEXT = "flat-2.kith";

  @Test
  void whatIsOpenedIsWhatWasSaved() {
    Seeds.run(CASES, D2_FlatRoundTripTest::roundTrip);
  }

  private static void roundTrip(SplittableRandom random) throws IOException {
    Metric metric = Metric.values()[random.nextInt(3)];
    int kind = 1 + random.nextInt(50);
    FlatIndex index = SmallIndex.make(1 + random.nextInt(70), metric, random.nextInt(90), kind);
    for (int change = random.nextInt(40); change > 0; change--) {
      long id = 1000L * kind + random.nextInt(500);
      if (random.nextBoolean()) {
        index.remove(id);
      } else {
        index.add(id, SmallIndex.vector(index.dimension(), random.nextInt(1000)));
      }
    }
    String expected = SmallIndex.describe(index);
    TamperedIndex stored = new TamperedIndex(index);
    ByteBuffer bytes = new TamperedIndex(index).copy(NEXT);
    stored.run(
        () -> {
          for (OpenMode mode : OpenMode.values()) {
            OpenOptions options = new OpenOptions(mode, false);
            try (VectorIndex opened = VectorIndexes.open(TamperedIndex.DIRECTORY, options)) {
              assertThat(SmallIndex.describe(opened)).as("%s", options).isEqualTo(expected);
              assertThat(opened.metric()).isEqualTo(metric);
              assertThat(new TamperedIndex(opened).copy(NEXT)).isEqualTo(bytes);
            }
          }
          try (MutableVectorIndex opened = VectorIndexes.openForWriting(TamperedIndex.DIRECTORY)) {
            assertThat(SmallIndex.describe(opened)).isEqualTo(expected);
            assertThat(new TamperedIndex(opened).copy(NEXT)).isEqualTo(bytes);
          }
        });
  }
}
