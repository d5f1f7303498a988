package dev.kith.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.OpenOptions;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.internal.storage.FieldMutants.Mutant;
import dev.kith.support.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every field that a page under docs/format describes gets every value that might be believed
 * wrongly, under checksums that are right: the file is refused as damaged, or it is as good as any
 * other; never another exception, a hang or more memory than the file justifies. The tests of other
 * index types inherit this.
 */
@Tag("simd-only") // about bytes, not about kernels: once is enough
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public class B1_DocumentedFieldsTest {
  private static final int COUNT = 11;
  private static final int DIMENSION = 5;
  private static final int LONG_PAIRS = 5_000;

  private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private int refused;

  /** The type name of the indexes that are tested. */
  protected String type() {
    return "flat";
  }

  /** An index of that type, whose content depends on every argument. */
  protected MutableVectorIndex make(int dimension, Metric metric, int vectors, int kind) {
    return SmallIndex.make(dimension, metric, vectors, kind);
  }

  /** What the pages must give at least. */
  protected int leastMutants() {
    return 750;
  }

  /** Bytes that opening, checking and editing so small an index may allocate. */
  protected long mostBytes() {
    return 8 << 20;
  }

  @ParameterizedTest
  @EnumSource(
      value = Metric.class,
      names = {"L2", "COSINE"})
  void everyFieldOfTheDataFileIsHeldAgainstThePage(Metric metric) throws Exception {
    TamperedIndex stored = new TamperedIndex(make(DIMENSION, metric, COUNT, 1));
    String name = type() + "-1.kith";
    ByteBuffer good = stored.copy(name);
    List<Mutant> mutants =
        FieldMutants.of(good, new DocumentedFields(type() + ".md", DIMENSION).of(good), COUNT);
    ByteBuffer manifest = stored.copy(FileNames.MANIFEST);
    play(
        mutants,
        mutant -> {
          ByteBuffer bad = mutant.of(good);
          if (bad != null) {
            stored.put(FileNames.MANIFEST, manifest);
            stored.putData(name, bad);
            assertRefusedOrSound(stored, mutant.damage());
          }
          return bad != null;
        },
        leastMutants());
  }

  @ParameterizedTest
  @EnumSource(
      value = Metric.class,
      names = {"L2"})
  void everyFieldOfTheManifestIsHeldAgainstThePage(Metric metric) throws Exception {
    TamperedIndex stored = new TamperedIndex(make(DIMENSION, metric, COUNT, 1));
    ByteBuffer good = stored.copy(FileNames.MANIFEST);
    List<Mutant> mutants =
        FieldMutants.of(good, new DocumentedFields("manifest.md", DIMENSION).of(good), COUNT);
    play(
        mutants,
        mutant -> {
          ByteBuffer bad = mutant.of(good);
          if (bad != null) {
            stored.putManifest(bad);
            assertRefusedOrSound(stored, mutant.damage());
          }
          return bad != null;
        },
        200);
  }

  private interface Trial {
    boolean play(Mutant mutant) throws IOException;
  }

  private void play(List<Mutant> mutants, Trial trial, int least) throws Exception {
    int played = 0;
    for (Mutant mutant : mutants) {
      played += trial.play(mutant) ? 1 : 0;
    }
    assertThat(played).as("mutants").isGreaterThan(least);
    assertThat(refused).as("refused of %s", played).isGreaterThan(played / 2);
    System.out.printf(
        "%s: %,d mutants, %,d refused%n", getClass().getSimpleName(), played, refused);
    if (Boolean.getBoolean("kith.long")) {
      Seeds.one(
          random -> {
            for (int i = 0; i < LONG_PAIRS; i++) {
              Mutant one = mutants.get(random.nextInt(mutants.size()));
              trial.play(one.and(mutants.get(random.nextInt(mutants.size()))));
            }
          });
    }
  }

  private void assertRefusedOrSound(TamperedIndex stored, String damage) {
    long before = thread.getCurrentThreadAllocatedBytes();
    Throwable thrown =
        attempt(
            stored,
            damage + ", heap",
            () -> {
              try (VectorIndex index = VectorIndexes.open(TamperedIndex.DIRECTORY)) {
                SmallIndex.describe(index);
              }
            });
    attempt(
        stored,
        damage + ", mapped",
        () -> {
          try (VectorIndex index =
              VectorIndexes.open(TamperedIndex.DIRECTORY, OpenOptions.mapped())) {
            index.search(SearchRequest.of(SmallIndex.vector(index.dimension(), 1), 3));
            index.ids();
          }
        });
    attempt(
        stored,
        damage + ", for writing",
        () -> {
          try (MutableVectorIndex index = VectorIndexes.openForWriting(TamperedIndex.DIRECTORY)) {
            index.add(-77, SmallIndex.vector(index.dimension(), 2));
            index.remove(-77);
          }
        });
    boolean[] sound = {false};
    assertThat(stored.failure(() -> sound[0] = VectorIndexes.check(TamperedIndex.DIRECTORY).ok()))
        .as("check, %s", damage)
        .isNull();
    if (sound[0]) {
      assertThat(thrown).as("sound, but refused: %s", damage).isNull();
    }
    refused += thrown != null ? 1 : 0;
    assertThat(thread.getCurrentThreadAllocatedBytes() - before)
        .as("bytes allocated, %s", damage)
        .isLessThan(mostBytes());
  }

  private static Throwable attempt(TamperedIndex stored, String damage, FaultyStorage.Action open) {
    Throwable thrown = stored.failure(open);
    Throwable cause = thrown instanceof UncheckedIOException ? thrown.getCause() : thrown;
    if (cause != null) {
      assertThat(cause).as(damage).isInstanceOfAny(TamperedIndex.documented());
    }
    return thrown;
  }
}
