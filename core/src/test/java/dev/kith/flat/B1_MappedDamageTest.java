package dev.kith.flat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.Metric;
import dev.kith.OpenOptions;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.internal.rows.RowSections;
import dev.kith.internal.storage.SmallIndex;
import dev.kith.internal.storage.TamperedIndex;
import dev.kith.support.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Opening a mapped index does not look at its rows. Searches that meet damage there find too little
 * or the wrong rows, and end like any other.
 */
class B1_MappedDamageTest {
  private static final String FILE = "flat-1.kith";
  private static final int DIMENSION = 3;
  private static final int COUNT = 5;
  private static final int PADDED = 16;
  private static final SearchRequest REQUEST =
      SearchRequest.of(SmallIndex.vector(DIMENSION, 3), COUNT);
  private static final List<SearchRequest> REQUESTS = Collections.nCopies(3, REQUEST);

  private TamperedIndex stored;

  /** Works on the mapped index. */
  private interface Work {
    void on(VectorIndex index) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void searchesOverDamagedRowsEnd(Metric metric) throws Exception {
    save(metric);
    ByteBuffer good = stored.copy(FILE);
    Seeds.run(
        200,
        random -> {
          ByteBuffer bad = stored.copy(FILE);
          for (int changes = random.nextInt(1, 8); changes > 0; changes--) {
            int at =
                random.nextInt(3) == 0
                    ? section(RowSections.ORDER) + 4 * random.nextInt(COUNT)
                    : section(RowSections.ROWS) + 4 * random.nextInt(COUNT * PADDED);
            bad.putInt(at, random.nextBoolean() ? random.nextInt() : 0x7fc00000);
          }
          stored.putData(FILE, bad);
          mapped(
              index -> {
                assertThat(index.search(REQUEST).size()).isBetween(0, COUNT);
                assertThat(index.searchAll(REQUESTS, BulkOptions.defaults().threads(1)))
                    .hasSize(REQUESTS.size());
                for (long id : index.ids()) {
                  index.contains(id);
                }
              });
          stored.put(FILE, good);
        });
  }

  @ParameterizedTest
  @EnumSource
  void inverseNormsThatAreNoNumbersYieldNoHits(Metric metric) throws IOException {
    save(metric);
    ByteBuffer bad = stored.copy(FILE);
    int norms = section(RowSections.INVERSE_NORMS);
    for (int row = 0; metric == Metric.COSINE && row < COUNT; row++) {
      bad.putDouble(norms + 8 * row, Double.NaN);
    }
    stored.putData(FILE, bad);
    int expected = metric == Metric.COSINE ? 0 : COUNT;
    mapped(index -> assertThat(index.search(REQUEST).size()).isEqualTo(expected));
  }

  @ParameterizedTest
  @EnumSource
  void anIdThatOccursTwiceIsReturnedOnceAndNotCopied(Metric metric) throws IOException {
    save(metric);
    ByteBuffer bad = stored.copy(FILE);
    int ids = section(RowSections.IDS);
    int rows = section(RowSections.ROWS);
    bad.putLong(ids + 8, bad.getLong(ids));
    for (int i = 0; i < DIMENSION; i++) {
      bad.putInt(rows + 4 * (PADDED + i), bad.getInt(rows + 4 * i));
    }
    if (metric == Metric.COSINE) {
      int norms = section(RowSections.INVERSE_NORMS);
      bad.putLong(norms + 8, bad.getLong(norms));
    }
    stored.putData(FILE, bad);
    mapped(
        index -> {
          Hits hits = index.search(REQUEST);
          assertThat(hits.ids()).doesNotHaveDuplicates();
          for (Hits each : index.searchAll(REQUESTS, BulkOptions.defaults().threads(1))) {
            assertThat(each.ids()).doesNotHaveDuplicates();
          }
        });
    Throwable thrown =
        stored.failure(
            () -> mapped(index -> index.save(TamperedIndex.DIRECTORY.resolveSibling("copy"))));
    assertThat(thrown).isInstanceOf(IOException.class).hasMessageContaining("damaged");
    stored.assertNoticed("an id twice");
  }

  private void mapped(Work work) throws IOException {
    stored.run(
        () -> {
          try (VectorIndex index =
              VectorIndexes.open(TamperedIndex.DIRECTORY, OpenOptions.mapped())) {
            work.on(index);
          }
        });
  }

  private void save(Metric metric) throws IOException {
    stored = new TamperedIndex(SmallIndex.make(DIMENSION, metric, COUNT, 1));
  }

  /** Where a section starts; docs/format/container.md says where that stands. */
  private int section(int id) throws IOException {
    ByteBuffer file = stored.copy(FILE);
    int entry = 64;
    while (file.getInt(entry) != id) {
      entry += 24;
    }
    return (int) file.getLong(entry + 8);
  }
}
