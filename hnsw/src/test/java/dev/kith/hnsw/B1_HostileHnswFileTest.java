package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.VectorSource;
import dev.kith.testkit.Seed;
import dev.kith.testkit.TestVectors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a graph index that an attacker made, checksums and manifest included. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class B1_HostileHnswFileTest {
  private static final int DIMENSION = 5;
  private static final int COUNT = 40;
  private static final int M = 4;
  private static final int MAX = Integer.MAX_VALUE;
  private static final int MIN = Integer.MIN_VALUE;

  // where the numbers stand; docs/format/hnsw.md says so too, and HnswFormatPageTest holds it
  private static final int CONFIG = 1;
  private static final int IDS = 2;
  private static final int ORDER = 3;
  private static final int ROWS = 4;
  private static final int INVERSE_NORMS = 5;
  private static final int UPPER_STARTS = 6;
  private static final int LINKS = 7;
  private static final int UPPER_LINKS = 8;
  private static final int CENTRE = 9;
  private static final int ENTRY_ROW = 20;
  private static final int ENTRY_LEVEL = 24;
  private static final int CODES = 28;

  @TempDir private Path folder;

  private HostileHnswFile file;
  private ByteBuffer good;
  private int config;
  private int starts;

  @BeforeEach
  void save() throws IOException {
    store(0);
  }

  private void store(int rowBits) throws IOException {
    HnswConfig options = new HnswConfig(DIMENSION, Metric.COSINE, M, 50, rowBits, 0, 7);
    try (HnswIndex index = HnswIndex.create(options)) {
      long[] ids = LongStream.range(0, COUNT).map(i -> 5 * i).toArray();
      index.addAll(
          VectorSource.of(ids, TestVectors.gaussian(COUNT, DIMENSION, 3)), BulkOptions.defaults());
      file = new HostileHnswFile(index, Files.createDirectory(folder.resolve("bits" + rowBits)));
    }
    good = file.good();
    config = file.section(CONFIG);
    starts = file.section(UPPER_STARTS);
  }

  private int level(int row) {
    return good.getInt(starts + 4 * row + 4) - good.getInt(starts + 4 * row);
  }

  /** Where the links of a row on a level stand. */
  private int list(int row, int level) {
    int start = good.getInt(starts + 4 * row);
    return level == 0
        ? file.section(LINKS) + 4 * 2 * M * row
        : file.section(UPPER_LINKS) + 4 * M * (start + level - 1);
  }

  private static int slots(int level) {
    return level == 0 ? 2 * M : M;
  }

  private int size(int list, int slots) {
    int size = 0;
    while (size < slots && good.getInt(list + 4 * size) != -1) {
      size++;
    }
    return size;
  }

  @Test
  void theFileThatIsNotChangedIsSound() {
    assertThat(catchThrowable(() -> file.assertNoticedInHeap("none", unchanged -> {})))
        .as("the tests can fail")
        .isInstanceOf(AssertionError.class);
    assertThat(level(good.getInt(config + ENTRY_ROW))).as("upper levels").isGreaterThan(1);
  }

  @Test
  void configurationsThatCannotBeAreNoticedInEveryMode() throws IOException {
    numbers("dimension", 0, 0, -1, 17, 65_537, 1 << 30, MAX, MIN);
    numbers("metric", 4, 0, -1, 1, 2, 4, 255, MAX, MIN);
    numbers(
        "count", 8, 0, -1, 1, COUNT - 1, COUNT + 1, 1 << 20, 1 << 30, MAX - 64, MAX - 1, MAX, MIN);
    numbers("m", 12, 0, -1, 1, 2, M - 1, M + 1, 256, 257, 1 << 29, MAX, MIN);
    numbers("efConstruction", 16, 0, -1, 100_001, 1 << 30, MAX, MIN);
    numbers("entry row", ENTRY_ROW, -1, -2, COUNT, COUNT + 1, MAX, MIN);
    numbers("entry level", ENTRY_LEVEL, -1, -2, 25, 26, 1 << 30, MAX, MIN);
    numbers("codes", CODES, -1, 3, 4, 31, 32, 41, 42, 64, 255, 1 << 30, MAX, MIN);
    numbers("codes without a centre", CODES, 1, 2, 33, 36, 39, 40);
  }

  private void numbers(String field, int offset, int... values) throws IOException {
    for (int value : values) {
      file.assertNoticedEverywhere(
          field + " " + value, bytes -> bytes.putInt(config + offset, value));
    }
  }

  @Test
  void whatTheConfigurationMayAlsoBeDoesNoHarm() throws IOException {
    for (int efConstruction : new int[] {1, 51, 100_000}) {
      file.assertNoticedOrHarmless(
          "efConstruction " + efConstruction, bytes -> bytes.putInt(config + 16, efConstruction));
    }
    for (long seed : new long[] {0, -1, 8, Long.MAX_VALUE, Long.MIN_VALUE}) {
      file.assertNoticedOrHarmless("seed " + seed, bytes -> bytes.putLong(config + 32, seed));
    }
  }

  @Test
  void codesOfAnotherKindDoNoHarm() throws IOException {
    store(8);
    for (int codes : new int[] {0, 1, 2, 33, 34, 35, 36, 37, 38, 39}) {
      file.assertNoticedOrHarmless("codes " + codes, bytes -> bytes.putInt(config + CODES, codes));
    }
    numbers("codes", CODES, -1, 3, 31, 32, 41, MAX, MIN);
  }

  @Test
  void aCentreThatCannotBeIsNoticedInEveryMode() throws IOException {
    store(8);
    int centre = file.section(CENTRE);
    for (int i = 0; i < DIMENSION; i++) {
      int at = centre + 4 * i;
      for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -Float.MAX_VALUE}) {
        file.assertNoticedEverywhere(
            "component " + i + " of the centre " + value, bytes -> bytes.putFloat(at, value));
      }
      file.assertNoticedOrHarmless("another centre", bytes -> bytes.putFloat(at, 1e10f));
    }
  }

  /** The rows' padding is what tells: up to 16 the sections are as long for any dimension. */
  @Test
  void aDimensionBelowThatOfTheRowsIsNoticed() throws IOException {
    for (int dimension = 1; dimension < DIMENSION; dimension++) {
      int other = dimension;
      file.assertNoticedInHeap("dimension " + other, bytes -> bytes.putInt(config, other));
    }
  }

  @Test
  void anEntryPointOnALevelThatItDoesNotHaveIsNoticed() throws IOException {
    int entry = good.getInt(config + ENTRY_ROW);
    int entryLevel = good.getInt(config + ENTRY_LEVEL);
    for (int level = 0; level <= 24; level++) {
      int other = level;
      if (level != entryLevel) {
        file.assertNoticedInHeapAndHarmlessMapped(
            "entry level " + level, bytes -> bytes.putInt(config + ENTRY_LEVEL, other));
      }
    }
    for (int row = 0; row < COUNT; row++) {
      int other = row;
      if (level(row) != entryLevel) {
        file.assertNoticedInHeapAndHarmlessMapped(
            "entry row " + row, bytes -> bytes.putInt(config + ENTRY_ROW, other));
      } else if (row != entry) {
        file.assertNoticedOrHarmless(
            "entry row " + row, bytes -> bytes.putInt(config + ENTRY_ROW, other));
      }
    }
  }

  @Test
  void levelsThatCannotBeAreNoticed() throws IOException {
    for (int i = 0; i <= COUNT; i++) {
      int at = starts + 4 * i;
      int before = i == 0 ? 0 : good.getInt(at - 4);
      for (int value : new int[] {-1, MAX, MIN, 1 << 30, before - 1, before + 25, before + 300}) {
        file.assertNoticedInHeapAndHarmlessMapped(
            "upper start " + i + " of " + value, bytes -> bytes.putInt(at, value));
      }
      for (int more : new int[] {-2, -1, 1, 2}) {
        int value = good.getInt(at) + more;
        file.assertNoticedOrHarmless(
            "upper start " + i + " of " + value, bytes -> bytes.putInt(at, value));
      }
    }
  }

  @Test
  void allUpperStartsMovedTogetherAreNoticed() throws IOException {
    for (int more : new int[] {-1, 1, 4, 1 << 30, MIN}) {
      file.assertNoticedInHeapAndHarmlessMapped(
          "upper starts " + more + " up",
          bytes -> {
            for (int i = 0; i <= COUNT; i++) {
              bytes.putInt(starts + 4 * i, bytes.getInt(starts + 4 * i) + more);
            }
          });
    }
  }

  @Test
  void aLastUpperStartThatTheLengthDoesNotFollowIsNoticedInEveryMode() throws IOException {
    int at = starts + 4 * COUNT;
    int blocks = good.getInt(at);
    for (int value : new int[] {0, -1, blocks - 1, blocks + 1, 24 * COUNT, MAX, MIN}) {
      file.assertNoticedEverywhere("blocks " + value, bytes -> bytes.putInt(at, value));
    }
  }

  @Test
  void linksThatLeadNowhereAreNoticed() throws IOException {
    int[] nowhere = {-2, COUNT, COUNT + 1, 1 << 30, MAX, MIN};
    int next = 0;
    for (int row = 0; row < COUNT; row++) {
      for (int level = 0; level <= level(row); level++) {
        for (int slot = 0; slot < slots(level); slot++) {
          int link = nowhere[next++ % nowhere.length];
          int at = list(row, level) + 4 * slot;
          String damage = "link " + slot + " of row " + row + ", level " + level + ": " + link;
          file.assertNoticedInHeap(damage, bytes -> bytes.putInt(at, link));
          if (next % 4 == 0) {
            file.assertNoticedOrHarmless(damage, bytes -> bytes.putInt(at, link));
          }
        }
      }
    }
  }

  @Test
  void aRowThatIsLinkedToItselfIsNoticed() throws IOException {
    for (int row = 0; row < COUNT; row++) {
      int itself = row;
      for (int level = 0; level <= level(row); level++) {
        int at = list(row, level);
        file.assertNoticedInHeapAndHarmlessMapped(
            "row " + row + " itself, level " + level, bytes -> bytes.putInt(at, itself));
      }
    }
  }

  @Test
  void aLinkToARowThatIsNotOnTheLevelIsNoticed() throws IOException {
    int noticed = 0;
    for (int row = 0; row < COUNT; row++) {
      for (int level = 1; level <= level(row); level++) {
        int at = list(row, level);
        for (int target = 0; target < COUNT; target += 7) {
          if (target != row && level(target) < level) {
            int low = target;
            file.assertNoticedInHeapAndHarmlessMapped(
                "row " + row + " to row " + low + ", level " + level,
                bytes -> bytes.putInt(at, low));
            noticed++;
          }
        }
      }
    }
    assertThat(noticed).isGreaterThan(20);
  }

  @Test
  void aLinkAfterTheEndOfAListIsNoticed() throws IOException {
    int gaps = 0;
    for (int row = 0; row < COUNT; row++) {
      for (int level = 0; level <= level(row); level++) {
        int list = list(row, level);
        int size = size(list, slots(level));
        if (size > 1) {
          file.assertNoticedInHeapAndHarmlessMapped(
              "a gap in row " + row + ", level " + level, bytes -> bytes.putInt(list, -1));
          gaps++;
        }
        if (size > 0 && size < slots(level) - 1) {
          int last = list + 4 * slots(level) - 4;
          file.assertNoticedInHeapAndHarmlessMapped(
              "a late link in row " + row + ", level " + level,
              bytes -> bytes.putInt(last, bytes.getInt(list)));
          gaps++;
        }
      }
    }
    assertThat(gaps).isGreaterThan(40);
  }

  @Test
  void aGraphThatFallsApartIsNoticedByTheCheckAndAnswersAllTheSame() throws IOException {
    int entry = good.getInt(config + ENTRY_ROW);
    file.assertNoticedOrHarmless(
        "an entry row without links", bytes -> bytes.put(list(entry, 0), none(2 * M)));
    file.assertProblem("an entry row without links");
    file.assertNoticedOrHarmless(
        "no links at all", bytes -> bytes.put(file.section(LINKS), none(COUNT * 2 * M)));
    file.assertProblem("no links at all");
  }

  private static byte[] none(int links) {
    byte[] bytes = new byte[4 * links];
    Arrays.fill(bytes, (byte) -1);
    return bytes;
  }

  @Test
  void sectionsOfTheGraphHaveTheLengthsThatFollowFromTheConfiguration() throws IOException {
    for (int section : new int[] {CONFIG, UPPER_STARTS, LINKS, UPPER_LINKS}) {
      int entry = file.entry(section);
      for (int id : new int[] {0, 9, MAX, -1}) {
        file.assertNoticedEverywhere(
            "section " + section + " as " + id, bytes -> bytes.putInt(entry, id));
      }
      for (long more : new long[] {-64, -4, -1, 1, 4, 64, Long.MAX_VALUE, Long.MIN_VALUE}) {
        file.assertNoticedEverywhere(
            "section " + section + " longer by " + more,
            bytes -> bytes.putLong(entry + 16, bytes.getLong(entry + 16) + more));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4})
  void rowsThatNobodyCouldHaveAddedDoNoHarmMapped(int rowBits) throws IOException {
    if (rowBits > 0) {
      store(rowBits);
    }
    for (int row = 0; row < COUNT; row += 3) {
      int vector = file.section(ROWS) + 64 * row;
      int norm = file.section(INVERSE_NORMS) + 8 * row;
      for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 3e19f}) {
        file.assertNoticedInHeapAndHarmlessMapped(
            "component " + value + " of row " + row, bytes -> bytes.putFloat(vector, value));
      }
      for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, -1, 0}) {
        file.assertNoticedInHeapAndHarmlessMapped(
            "inverse norm " + value + " of row " + row, bytes -> bytes.putDouble(norm, value));
      }
    }
  }

  @Test
  void idsAndTheirOrderDoNoHarmMapped() throws IOException {
    int ids = file.section(IDS);
    int order = file.section(ORDER);
    for (int row = 1; row < COUNT; row += 3) {
      int id = ids + 8 * row;
      int place = order + 4 * row;
      file.assertNoticedInHeapAndHarmlessMapped(
          "an id twice", bytes -> bytes.putLong(id, bytes.getLong(ids)));
      for (int value : new int[] {-1, COUNT, MAX, MIN}) {
        file.assertNoticedInHeapAndHarmlessMapped(
            "order of " + value, bytes -> bytes.putInt(place, value));
      }
    }
  }

  /** Any number anywhere in the graph, several at once. */
  @Test
  @Timeout(value = 600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void randomDamageIsNoticedOrHarmless(@Seed long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int[] interesting = {-2, -1, 0, 1, M, COUNT - 1, COUNT, 1 << 30, MAX, MIN};
    int mutants = Boolean.getBoolean("kith.long") ? 20_000 : 150;
    for (int i = 0; i < mutants; i++) {
      SplittableRandom choice = random.split();
      file.assertNoticedOrHarmless(
          "mutant " + i + " of seed " + seed,
          bytes -> {
            for (int change = choice.nextInt(1, 5); change > 0; change--) {
              int section = choice.nextInt(UPPER_STARTS, UPPER_LINKS + 1);
              int length = (int) bytes.getLong(file.entry(section) + 16);
              int at = file.section(section) + choice.nextInt(length / 4) * 4;
              boolean row = choice.nextBoolean();
              bytes.putInt(
                  at,
                  row ? choice.nextInt(COUNT) : interesting[choice.nextInt(interesting.length)]);
            }
          });
    }
  }
}
