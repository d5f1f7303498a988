package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.IdFilter;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sixteen threads at once: writers of single vectors and of many, searchers with and without a
 * filter, a saver and a compacter. A distance tells whose vector it was computed from and which
 * revision, so a row that is half written or belongs to another id shows.
 */
class C2_HnswStressTest {
  private static final int DIMENSION = 16;
  private static final int IDS = 1024;
  private static final int REVISIONS = 16;
  private static final int WRITERS = 6;
  private static final int ABSENT = 0;
  private static final int PRESENT = 1;
  private static final int CHANGING = 2;
  private static final Duration TIME =
      ReliabilityRig.LONG ? Duration.ofMinutes(30) : Duration.ofSeconds(2);

  private static final float[] QUERY = vector(-1, 0);

  /** From the query to each revision of each id. */
  private static final float[] DISTANCES = distances();

  /** More than there are rows, so that every vector is to be found. */
  private static final SearchRequest ALL = SearchRequest.of(QUERY, 100 * IDS);

  private static final SearchRequest TEN = SearchRequest.of(QUERY, 10);
  private static final IdFilter THIRD = id -> id % 3 == 0;

  @TempDir private Path folder;

  private MutableVectorIndex index = create(0);

  /** What is known of an id: four times the number of changes, plus one of the states. */
  private final AtomicIntegerArray marks = new AtomicIntegerArray(IDS);

  private final AtomicLong searches = new AtomicLong();
  private volatile boolean over;

  /** What a thread does until the time is over; gives what it has left in the index. */
  private interface Task extends Callable<TreeMap<Long, Integer>> {}

  private static MutableVectorIndex create(int codeBits) {
    return HnswIndex.create(
        HnswConfig.builder(DIMENSION, Metric.L2)
            .m(6)
            .efConstruction(32)
            .codeBits(codeBits)
            .build());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void nothingThatASearchReturnsWasRemovedBeforeItBegan(int codeBits) throws Exception {
    index = create(codeBits);
    Seeds.one(
        random -> {
          List<Task> tasks = new ArrayList<>();
          for (int w = 0; w < WRITERS; w++) {
            int writer = w;
            SplittableRandom own = random.split();
            tasks.add(() -> write(writer, own));
          }
          for (int i = 0; i < 2; i++) {
            tasks.add(() -> search(ALL));
            tasks.add(() -> search(TEN));
            tasks.add(() -> search(ALL.filter(THIRD)));
          }
          tasks.add(() -> search(TEN.filter(THIRD)));
          tasks.add(this::searchMany);
          tasks.add(this::save);
          tasks.add(this::compact);
          run(tasks);
        });
  }

  /** The last vector goes, and with it the entry point, while searches set out from there. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anIndexMayTurnEmptyDuringASearch(int codeBits) throws Exception {
    index = create(codeBits);
    Task write =
        () -> {
          while (!over) {
            index.add(1, vector(1, 0));
            index.remove(1);
          }
          return new TreeMap<>();
        };
    Task search =
        () -> {
          while (!over) {
            searches.incrementAndGet();
            assertThat(index.search(TEN).size()).isLessThanOrEqualTo(1);
          }
          return new TreeMap<>();
        };
    runFor(Duration.ofSeconds(1), List.of(write, search, search, search));
  }

  /** A filter is asked between a look at the entry point and the walk from there. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anIndexMayTurnEmptyWhileAFilterIsTried(int codeBits) {
    index = create(codeBits);
    for (long id = 0; id < IDS; id++) {
      index.add(id, vector(id, 0));
    }
    IdFilter removing =
        id -> {
          for (long other : index.ids()) {
            index.remove(other);
          }
          return true;
        };
    SearchRequest narrow = TEN.params(new HnswSearchParams(10));
    assertThat(index.search(narrow.filter(removing))).isEmpty();
  }

  private void run(List<Task> tasks) throws Exception {
    assertThat(tasks).hasSize(16);
    TreeMap<Long, Integer> model = runFor(TIME, tasks);
    assertThat(index.ids()).containsExactly(model.keySet().stream().mapToLong(id -> id).toArray());
    model.forEach((id, revision) -> assertThat(index.vector(id)).isEqualTo(vector(id, revision)));
    Hits hits = index.search(ALL);
    assertThat(hits.size()).isEqualTo(model.size());
    for (int rank = 0; rank < hits.size(); rank++) {
      assertThat(hits.distance(rank)).isEqualTo(distance(hits.id(rank), model.get(hits.id(rank))));
    }
  }

  private TreeMap<Long, Integer> runFor(Duration time, List<Task> tasks) throws Exception {
    TreeMap<Long, Integer> model = new TreeMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
      List<Future<TreeMap<Long, Integer>>> running = tasks.stream().map(threads::submit).toList();
      long end = System.nanoTime() + time.toNanos();
      while (System.nanoTime() < end && running.stream().noneMatch(Future::isDone)) {
        Thread.sleep(10);
      }
      over = true;
      for (Future<TreeMap<Long, Integer>> task : running) {
        model.putAll(task.get());
      }
    }
    assertThat(searches).hasValueGreaterThan(100);
    return model;
  }

  /**
   * Changes the ids that leave the writer's number as remainder; gives what they are at the end.
   */
  private TreeMap<Long, Integer> write(int writer, SplittableRandom random) {
    TreeMap<Long, Integer> own = new TreeMap<>();
    while (!over) {
      long id = writer + WRITERS * (long) random.nextInt(IDS / WRITERS);
      int revision = random.nextInt(REVISIONS);
      switch (random.nextInt(10)) {
        case 0 -> addSome(id, revision, own);
        case 1, 2, 3, 4 -> {
          mark(id, CHANGING);
          assertThat(index.remove(id)).isEqualTo(own.remove(id) != null);
          mark(id, ABSENT);
        }
        default -> {
          mark(id, CHANGING);
          assertThat(index.add(id, vector(id, revision))).isEqualTo(own.put(id, revision) == null);
          mark(id, PRESENT);
        }
      }
    }
    return own;
  }

  private void addSome(long first, int revision, TreeMap<Long, Integer> own) {
    int count = (int) Math.min(32, (IDS - first + WRITERS - 1) / WRITERS);
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

  private int[] readMarks() {
    int[] read = new int[IDS];
    Arrays.setAll(read, marks::get);
    return read;
  }

  private TreeMap<Long, Integer> search(SearchRequest request) {
    while (!over) {
      int[] before = readMarks();
      verify(index.search(request), request, before);
    }
    return new TreeMap<>();
  }

  private TreeMap<Long, Integer> searchMany() {
    List<SearchRequest> requests = List.of(ALL, TEN, ALL.filter(THIRD), TEN.filter(THIRD));
    while (!over) {
      int[] before = readMarks();
      List<Hits> all = index.searchAll(requests, BulkOptions.defaults().threads(2));
      for (int i = 0; i < all.size(); i++) {
        verify(all.get(i), requests.get(i), before);
      }
    }
    return new TreeMap<>();
  }

  private void verify(Hits hits, SearchRequest request, int[] before) {
    searches.incrementAndGet();
    assertThat(hits.complete()).isTrue();
    assertThat(hits.size()).isLessThanOrEqualTo(request.k());
    IdFilter filter = request.filter();
    boolean[] found = new boolean[IDS];
    for (int rank = 0; rank < hits.size(); rank++) {
      int id = (int) hits.id(rank);
      assertThat(found[id]).as("id %s twice", id).isFalse();
      found[id] = true;
      assertThat(rank == 0 || ascends(hits, rank)).as("order at rank %s", rank).isTrue();
      assertThat(isADistanceOf(id, hits.distance(rank)))
          .as("distance %s from a vector of id %s", hits.distance(rank), id)
          .isTrue();
      assertThat(filter == null || filter.accepts(id)).as("filter on id %s", id).isTrue();
      assertThat(still(ABSENT, id, before))
          .as("id %s, which was removed before the search began", id)
          .isFalse();
    }
    for (int id = 0; request.k() >= IDS && id < IDS; id++) {
      assertThat(
              found[id] || (filter != null && !filter.accepts(id)) || !still(PRESENT, id, before))
          .as("id %s, which nobody touched, by strategy %s", id, hits.stats().strategy())
          .isTrue();
    }
  }

  private static boolean ascends(Hits hits, int rank) {
    int order = Float.compare(hits.distance(rank - 1), hits.distance(rank));
    return order < 0 || (order == 0 && hits.id(rank - 1) < hits.id(rank));
  }

  private TreeMap<Long, Integer> save() throws Exception {
    Path directory = folder.resolve("index");
    while (!over) {
      int[] before = readMarks();
      index.save(directory);
      try (VectorIndex saved = VectorIndexes.open(directory)) {
        verify(saved.search(ALL), ALL, before);
      }
    }
    return new TreeMap<>();
  }

  private TreeMap<Long, Integer> compact() throws Exception {
    while (!over) {
      index.compact();
      Thread.sleep(20); // or every search finds a dense graph
    }
    return new TreeMap<>();
  }

  private static boolean isADistanceOf(long id, float distance) {
    for (int revision = 0; revision < REVISIONS; revision++) {
      if (distance(id, revision) == distance) {
        return true;
      }
    }
    return false;
  }

  /** Small whole numbers, whose sums of squares float32 holds exactly. */
  private static float[] vector(long id, int revision) {
    SplittableRandom random = new SplittableRandom(id * REVISIONS + revision);
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = random.nextInt(-100, 101);
    }
    return vector;
  }

  private static float distance(long id, int revision) {
    return DISTANCES[(int) id * REVISIONS + revision];
  }

  private static float[] distances() {
    float[] distances = new float[IDS * REVISIONS];
    for (int i = 0; i < distances.length; i++) {
      float[] vector = vector(i / REVISIONS, i % REVISIONS);
      for (int j = 0; j < DIMENSION; j++) {
        distances[i] += (vector[j] - QUERY[j]) * (vector[j] - QUERY[j]);
      }
    }
    return distances;
  }
}
