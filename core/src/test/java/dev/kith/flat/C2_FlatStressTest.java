package dev.kith.flat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import dev.kith.support.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writers, searchers, a saver and a compacter at once. Every vector tells by each of its components
 * whose it is and which revision, so a row that is half written or belongs to another id shows.
 */
class C2_FlatStressTest {
  private static final int DIMENSION = 16;
  private static final int IDS = 4096;
  private static final int REVISIONS = 255;
  private static final int WRITERS = 2;
  private static final int ABSENT = 0;
  private static final int PRESENT = 1;
  private static final int CHANGING = 2;

  /** So many that replaced rows, which a scan may meet beside the new ones, push nothing out. */
  private static final SearchRequest ALL = SearchRequest.of(component(1f), 100 * IDS);

  private static final SearchRequest TEN = SearchRequest.of(component(1f), 10);
  private static final Duration TIME =
      Boolean.getBoolean("kith.long") ? Duration.ofMinutes(30) : Duration.ofSeconds(3);

  @TempDir private Path folder;
  private final FlatIndex index = FlatIndex.create(DIMENSION, Metric.INNER_PRODUCT);

  /** What is known of an id: four times the number of changes, plus one of the states. */
  private final AtomicIntegerArray marks = new AtomicIntegerArray(IDS);

  private final AtomicLong searches = new AtomicLong();
  private volatile boolean over;

  @Test
  void nothingThatASearchReturnsWasRemovedBeforeItBegan() throws Exception {
    Seeds.one(
        random -> {
          List<Callable<TreeMap<Long, Integer>>> tasks = new ArrayList<>();
          for (int w = 0; w < WRITERS; w++) {
            int writer = w;
            SplittableRandom own = random.split();
            tasks.add(() -> write(writer, own));
          }
          tasks.add(() -> search(ALL));
          tasks.add(() -> search(TEN));
          tasks.add(this::searchMany);
          tasks.add(this::saveAndCompact);
          run(tasks);
        });
  }

  private void run(List<Callable<TreeMap<Long, Integer>>> tasks) throws Exception {
    TreeMap<Long, Integer> model = new TreeMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
      List<Future<TreeMap<Long, Integer>>> running = tasks.stream().map(threads::submit).toList();
      long end = System.nanoTime() + TIME.toNanos();
      while (System.nanoTime() < end && running.stream().noneMatch(Future::isDone)) {
        Thread.sleep(10);
      }
      over = true;
      for (Future<TreeMap<Long, Integer>> task : running) {
        model.putAll(task.get());
      }
    }
    assertThat(searches).hasValueGreaterThan(100);
    assertThat(index.ids()).containsExactly(model.keySet().stream().mapToLong(id -> id).toArray());
    model.forEach((id, revision) -> assertThat(index.vector(id)).isEqualTo(vector(id, revision)));
    Hits hits = index.search(ALL);
    assertThat(hits.size()).isEqualTo(model.size());
    for (int rank = 0; rank < hits.size(); rank++) {
      assertThat(hits.distance(rank)).isEqualTo(distance(hits.id(rank), model.get(hits.id(rank))));
    }
  }

  /**
   * Changes the ids that leave the writer's number as remainder; gives what they are at the end.
   */
  private TreeMap<Long, Integer> write(int writer, SplittableRandom random) {
    TreeMap<Long, Integer> own = new TreeMap<>();
    while (!over) {
      long id = writer + WRITERS * (long) random.nextInt(IDS / WRITERS);
      int revision = random.nextInt(REVISIONS);
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          mark(id, CHANGING);
          assertThat(index.remove(id)).isEqualTo(own.remove(id) != null);
          mark(id, ABSENT);
        }
        case 2, 3 -> {
          mark(id, CHANGING);
          assertThat(index.add(id, vector(id, revision))).isEqualTo(own.put(id, revision) == null);
          mark(id, PRESENT);
        }
        default -> addSome(id, revision, own);
      }
    }
    return own;
  }

  private void addSome(long first, int revision, TreeMap<Long, Integer> own) {
    int count = (int) Math.min(64, (IDS - first + WRITERS - 1) / WRITERS);
    long[] ids = new long[count];
    float[][] vectors = new float[count][];
    for (int i = 0; i < count; i++) {
      ids[i] = first + (long) WRITERS * i;
      vectors[i] = vector(ids[i], revision);
      own.put(ids[i], revision);
      mark(ids[i], CHANGING);
    }
    index.addAll(VectorSource.of(ids, vectors), BulkOptions.defaults().threads(2));
    for (long id : ids) {
      mark(id, PRESENT);
    }
  }

  /** Called by the writer of the id alone. */
  private void mark(long id, int state) {
    marks.set((int) id, (marks.get((int) id) & ~3) + 4 + state);
  }

  /** Whether an id was in a state when a search began, and nobody has touched it since. */
  private boolean still(int state, int id, int[] before) {
    return (before[id] & 3) == state && marks.get(id) == before[id];
  }

  private TreeMap<Long, Integer> search(SearchRequest request) {
    int[] before = new int[IDS];
    while (!over) {
      readMarks(before);
      verify(index.search(request), before, request == ALL);
    }
    return new TreeMap<>();
  }

  private TreeMap<Long, Integer> searchMany() {
    int[] before = new int[IDS];
    List<SearchRequest> requests = List.of(ALL, TEN, ALL, TEN.filter(id -> id % 3 == 0));
    while (!over) {
      readMarks(before);
      List<Hits> all = index.searchAll(requests, BulkOptions.defaults().threads(2));
      for (int i = 0; i < all.size(); i++) {
        verify(all.get(i), before, i % 2 == 0);
      }
    }
    return new TreeMap<>();
  }

  private void readMarks(int[] into) {
    for (int id = 0; id < IDS; id++) {
      into[id] = marks.get(id);
    }
  }

  private void verify(Hits hits, int[] before, boolean all) {
    searches.incrementAndGet();
    assertThat(hits.complete()).isTrue();
    boolean[] found = new boolean[IDS];
    for (int rank = 0; rank < hits.size(); rank++) {
      int id = (int) hits.id(rank);
      assertThat(found[id]).as("id %s twice", id).isFalse();
      found[id] = true;
      assertThat(rank == 0 || hits.distance(rank - 1) < hits.distance(rank)).isTrue();
      float component = -hits.distance(rank) / DIMENSION;
      assertThat(component % IDS).as("the owner of the row of id %s", id).isEqualTo(id);
      assertThat(still(ABSENT, id, before))
          .as("id %s, which was removed before the search began", id)
          .isFalse();
    }
    if (all) {
      for (int id = 0; id < IDS; id++) {
        assertThat(found[id] || !still(PRESENT, id, before))
            .as("id %s, which nobody touched", id)
            .isTrue();
      }
    }
  }

  private TreeMap<Long, Integer> saveAndCompact() throws Exception {
    Path directory = folder.resolve("index");
    int[] before = new int[IDS];
    while (!over) {
      readMarks(before);
      index.save(directory);
      try (VectorIndex saved = VectorIndexes.open(directory)) {
        verify(saved.search(ALL), before, true);
      }
      index.compact();
    }
    return new TreeMap<>();
  }

  /** Small whole numbers, whose sums float32 holds exactly. */
  private static float[] vector(long id, int revision) {
    return component((float) (revision * IDS + id));
  }

  private static float distance(long id, int revision) {
    return -DIMENSION * (float) (revision * IDS + id);
  }

  private static float[] component(float value) {
    float[] vector = new float[DIMENSION];
    Arrays.fill(vector, value);
    return vector;
  }
}
