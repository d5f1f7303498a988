package dev.kith.flat;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.kith.Metric;
import dev.kith.UnsupportedFormatVersionException;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.internal.rows.RowSections;
import dev.kith.internal.storage.SmallIndex;
import dev.kith.internal.storage.TamperedIndex;
import dev.kith.support.Seeds;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of a flat index that an attacker made, checksums and manifest included. */
class B1_HostileFlatFileTest {
  private static final String FILE = "flat-1.kith";
  private static final int DIMENSION = 3;
  private static final int COUNT = 5;
  private static final int PADDED = 16;
  private static final int MAX = Integer.MAX_VALUE;

  // where the numbers stand; docs/format says so too, and FlatFormatPageTest holds it
  private static final int TYPE = 8;
  private static final int VERSION = 12;
  private static final int GENERATION = 16;
  private static final int SECTIONS = 24;
  private static final int TABLE = 64;
  private static final int ENTRY = 24;

  private TamperedIndex stored;

  /** Changes a file. */
  private interface Change {
    void on(ByteBuffer file);
  }

  @ParameterizedTest
  @EnumSource
  void configurationsThatCannotBeAreNoticed(Metric metric) throws IOException {
    save(metric);
    int config = section(FlatFormat.CONFIG);
    for (int dimension : new int[] {0, -1, 17, 65_537, MAX, Integer.MIN_VALUE, 1 << 30}) {
      everywhere("dimension " + dimension, file -> file.putInt(config, dimension));
    }
    for (int code : new int[] {0, -1, 4, 255, MAX, Integer.MIN_VALUE}) {
      everywhere("metric code " + code, file -> file.putInt(config + 4, code));
    }
    for (int count :
        new int[] {-1, 0, COUNT - 1, COUNT + 1, 1 << 20, 1 << 30, MAX - 64, MAX, 1 << 31}) {
      everywhere("count " + count, file -> file.putInt(config + 8, count));
    }
    for (int zero : new int[] {1, -1, MAX}) {
      everywhere("a reserved " + zero, file -> file.putInt(config + 12, zero));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMetricThatDoesNotFitTheInverseNormsIsNoticed(Metric metric) throws IOException {
    save(metric);
    int other = RowSections.code(metric == Metric.COSINE ? Metric.L2 : Metric.COSINE);
    everywhere("another metric", file -> file.putInt(section(FlatFormat.CONFIG) + 4, other));
  }

  @Test
  void headersThatCannotBeAreNoticed() throws IOException {
    save(Metric.COSINE);
    for (int type : new int[] {0, -1, 1, 3, 99, MAX}) {
      everywhere("type " + type, file -> file.putInt(TYPE, type));
    }
    for (int version : new int[] {0, -1, 2, 3, MAX, Integer.MIN_VALUE}) {
      everywhere("version " + version, file -> file.putInt(VERSION, version));
    }
    for (long generation : new long[] {0, -1, 2, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE}) {
      everywhere("generation " + generation, file -> file.putLong(GENERATION, generation));
    }
    for (int sections : new int[] {0, -1, 1, 4, 6, 64, 65, 1 << 20, MAX, Integer.MIN_VALUE}) {
      everywhere("sections " + sections, file -> file.putInt(SECTIONS, sections));
    }
    everywhere("another magic", file -> file.putLong(0, file.getLong(0) + 1));
    everywhere("a used reserved byte", file -> file.put(63, (byte) 1));
  }

  @Test
  void aNewerVersionIsCalledUnsupported() throws IOException {
    save(Metric.L2);
    ByteBuffer file = stored.copy(FILE);
    stored.putData(FILE, file.putInt(VERSION, 2));
    assertThat(stored.failure(() -> VectorIndexes.open(TamperedIndex.DIRECTORY)))
        .isInstanceOfSatisfying(
            UnsupportedFormatVersionException.class,
            e -> {
              assertThat(e.found()).isEqualTo(2);
              assertThat(e.newest()).isEqualTo(1);
            });
  }

  @Test
  void sectionTablesThatCannotBeAreNoticed() throws IOException {
    save(Metric.COSINE);
    long end = stored.copy(FILE).capacity();
    for (int i = 0; i < 5; i++) {
      int entry = TABLE + i * ENTRY;
      int next = TABLE + (i + 1) % 5 * ENTRY;
      for (int id : new int[] {0, -1, 6, MAX}) {
        everywhere("section id " + id, file -> file.putInt(entry, id));
      }
      everywhere("two sections of an id", file -> file.putInt(entry, file.getInt(next)));
      everywhere("a reserved 1", file -> file.putInt(entry + 4, 1));
      for (long value :
          new long[] {0, 1, -1, -64, 63, 64, end, end - 16, 1L << 31, 1L << 62, Long.MAX_VALUE}) {
        everywhere("offset " + value + " of " + i, file -> file.putLong(entry + 8, value));
        everywhere("length " + value + " of " + i, file -> longer(file, entry + 16, value));
      }
      for (long more : new long[] {-64, -8, -1, 1, 8, 64, Long.MAX_VALUE, Long.MIN_VALUE}) {
        everywhere(more + " beyond offset " + i, file -> add(file, entry + 8, more));
        everywhere(more + " beyond length " + i, file -> add(file, entry + 16, more));
      }
      everywhere("overlap of " + i, file -> file.putLong(entry + 8, file.getLong(next + 8)));
    }
  }

  @Test
  void theFooterIsHeldAgainstTheFile() throws IOException {
    save(Metric.L2);
    int footer = stored.copy(FILE).capacity() - 16;
    for (long length : new long[] {0, -1, footer, footer + 15, footer + 17, Long.MAX_VALUE}) {
      everywhere("length " + length, file -> file.putLong(footer, length));
    }
    everywhere("a reserved 1", file -> file.putInt(footer + 8, 1));
  }

  @Test
  void paddingBetweenSectionsIsZero() throws IOException {
    save(Metric.COSINE);
    ByteBuffer file = stored.copy(FILE);
    int[] ends = new int[6];
    ends[5] = TABLE + 5 * ENTRY;
    for (int i = 0; i < 5; i++) {
      int entry = TABLE + i * ENTRY;
      ends[i] = (int) (file.getLong(entry + 8) + file.getLong(entry + 16));
    }
    int noticed = 0;
    for (int end : ends) {
      for (int at = end; at % 64 != 0; at++) {
        int place = at;
        everywhere("padding at " + place, bad -> bad.put(place, (byte) 1));
        noticed++;
      }
    }
    assertThat(noticed).isGreaterThan(100);
  }

  @ParameterizedTest
  @EnumSource
  void idsAndTheirOrderAreVerified(Metric metric) throws IOException {
    save(metric);
    int ids = section(RowSections.IDS);
    int order = section(RowSections.ORDER);
    inHeap("an id twice", file -> file.putLong(ids, file.getLong(ids + 8)));
    inHeap("ids that are not in order", file -> file.putLong(ids, Long.MAX_VALUE));
    for (int i = 0; i < COUNT; i++) {
      int at = order + 4 * i;
      for (int row : new int[] {-1, COUNT, COUNT + 1, MAX, Integer.MIN_VALUE}) {
        inHeap("row " + row, file -> file.putInt(at, row));
      }
      int other = order + 4 * ((i + 1) % COUNT);
      inHeap("a row twice", file -> file.putInt(at, file.getInt(other)));
      inHeap(
          "two rows exchanged",
          file -> {
            int row = file.getInt(at);
            file.putInt(at, file.getInt(other)).putInt(other, row);
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void vectorsThatNobodyCouldHaveAddedAreNoticed(Metric metric) throws IOException {
    save(metric);
    int rows = section(RowSections.ROWS);
    for (int row = 0; row < COUNT; row++) {
      for (int i = 0; i < PADDED; i++) {
        int at = rows + 4 * (row * PADDED + i);
        for (float value :
            new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3e19f}) {
          inHeap(value + " at " + i, file -> file.putFloat(at, value));
        }
        if (i >= DIMENSION) {
          for (float value : new float[] {1, -0f, Float.MIN_VALUE}) {
            inHeap("padding " + value + " at " + i, file -> file.putFloat(at, value));
          }
        }
      }
    }
  }

  @Test
  void underCosineEveryVectorHasADirectionAndItsInverseNorm() throws IOException {
    save(Metric.COSINE);
    int rows = section(RowSections.ROWS);
    int norms = section(RowSections.INVERSE_NORMS);
    for (int row = 0; row < COUNT; row++) {
      int vector = rows + 4 * row * PADDED;
      for (float value : new float[] {0, Float.MIN_VALUE, 1e-20f}) {
        inHeap("a vector of " + value, file -> file.putFloat(vector, value).putLong(vector + 4, 0));
      }
      int norm = norms + 8 * row;
      for (double value :
          new double[] {0, -1, 1, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE}) {
        inHeap("inverse norm " + value, file -> file.putDouble(norm, value));
      }
      inHeap("the next inverse norm", file -> add(file, norm, 1));
    }
  }

  /** Whatever is not refused must be an index like any other. */
  @ParameterizedTest
  @EnumSource
  void randomChangesAreNoticedOrHarmless(Metric metric) throws Exception {
    save(metric);
    ByteBuffer good = stored.copy(FILE);
    int end = good.capacity() - 4;
    int[] refused = {0};
    Seeds.run(
        700,
        random -> {
          ByteBuffer bad = stored.copy(FILE);
          for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
            int at = random.nextInt(end - 8);
            switch (random.nextInt(5)) {
              case 0 -> bad.put(at, (byte) random.nextInt());
              case 1 -> bad.putInt(at, random.nextInt());
              case 2 -> bad.putInt(at & ~3, random.nextInt(-2, COUNT + 2));
              case 3 -> bad.putFloat(at & ~3, random.nextBoolean() ? Float.NaN : 1e30f);
              default -> bad.putLong(at & ~7, 1L << random.nextInt(64));
            }
          }
          stored.putData(FILE, bad);
          Throwable thrown =
              stored.failure(
                  () -> {
                    try (VectorIndex index = VectorIndexes.open(TamperedIndex.DIRECTORY)) {
                      assertThat(SmallIndex.describe(index)).isNotEmpty();
                    }
                  });
          if (thrown != null) {
            refused[0]++;
            assertThat(thrown).isInstanceOfAny(TamperedIndex.documented());
          }
          stored.assertMappedSafely("a random change");
          stored.put(FILE, good);
        });
    assertThat(refused[0]).isPositive();
  }

  /** A hostile number must be held against the file before anything is allocated by it. */
  @Test
  void hugeCountsCostNeitherTimeNorMemory() throws IOException {
    save(Metric.COSINE);
    int config = section(FlatFormat.CONFIG);
    ByteBuffer bad = stored.copy(FILE);
    bad.putInt(config, 65_536).putInt(config + 8, MAX - 64);
    stored.putData(FILE, bad);
    stored.assertNoticed("a warm-up");
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = thread.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    stored.assertNoticed("2^31 rows of 65,536 components");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(thread.getCurrentThreadAllocatedBytes() - bytes).isLessThan(4 << 20);
  }

  private void save(Metric metric) throws IOException {
    stored = new TamperedIndex(SmallIndex.make(DIMENSION, metric, COUNT, 1));
  }

  /** Where a section starts. */
  private int section(int id) {
    try {
      ByteBuffer file = stored.copy(FILE);
      for (int entry = TABLE; ; entry += ENTRY) {
        if (file.getInt(entry) == id) {
          return (int) file.getLong(entry + 8);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void add(ByteBuffer file, int at, long more) {
    file.putLong(at, file.getLong(at) + more);
  }

  /** Sets a length, or its neighbour when that is the length already. */
  private static void longer(ByteBuffer file, int at, long value) {
    file.putLong(at, file.getLong(at) == value ? value + 1 : value);
  }

  /** A change that verifying headers and sizes finds. */
  private void everywhere(String damage, Change change) throws IOException {
    ByteBuffer good = stored.copy(FILE);
    inHeap(damage, change);
    ByteBuffer bad = stored.copy(FILE);
    change.on(bad);
    stored.putData(FILE, bad);
    stored.assertNoticedMapped(damage);
    stored.putData(FILE, good);
  }

  /** A change in what only a reading open looks at. */
  private void inHeap(String damage, Change change) throws IOException {
    ByteBuffer good = stored.copy(FILE);
    ByteBuffer bad = stored.copy(FILE);
    change.on(bad);
    assertThat(bad).as(damage).isNotEqualTo(good);
    stored.putData(FILE, bad);
    stored.assertNoticed(damage);
    stored.assertMappedSafely(damage);
    stored.putData(FILE, good);
  }
}
