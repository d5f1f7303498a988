package dev.kith.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import dev.kith.flat.FlatIndex;
import dev.kith.support.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a save writes while others write and search is the index as it was at one moment of the
 * save. The tests of other index types inherit this.
 */
@Tag("simd-only") // about order, not about numbers: once is enough
public class D6_SaveSnapshotTest {
  private static final Duration TIME =
      Boolean.getBoolean("kith.long") ? Duration.ofMinutes(30) : Duration.ofSeconds(5);

  /** Components: the id, the number of the call that stored it, and both again. */
  protected static final int DIMENSION = 4;

  private static final int IDS = 600;
  private static final int WRITERS = 2;
  private static final int SEARCHERS = 2;

  @TempDir private Path folder;
  private final WriteHistory history = new WriteHistory(IDS);
  private final AtomicLong bulks = new AtomicLong();
  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong searches = new AtomicLong();
  private volatile boolean over;

  /** An empty index of the type that is tested. */
  protected MutableVectorIndex create() {
    return FlatIndex.create(DIMENSION, Metric.L2);
  }

  @Test
  void aSaveIsASnapshotOfOneMoment() throws Exception {
    Seeds.one(
        random -> {
          try (MutableVectorIndex index = create()) {
            List<Callable<Integer>> others = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
              int writer = w;
              SplittableRandom own = random.split();
              others.add(() -> write(index, writer, own));
            }
            for (int s = 0; s < SEARCHERS; s++) {
              SplittableRandom own = random.split();
              others.add(() -> search(index, own));
            }
            int saves = saveWhile(index, others);
            assertThat(saves).as("saves").isGreaterThan(10);
            System.out.printf(
                "%s: %,d saves during %,d writes and %,d searches%n",
                getClass().getSimpleName(), saves, writes.get(), searches.get());
          }
        });
  }

  private int saveWhile(MutableVectorIndex index, List<Callable<Integer>> others)
      throws IOException, InterruptedException, ExecutionException {
    Path directory = folder.resolve("index");
    int saves = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(others.size())) {
      List<Future<Integer>> running = others.stream().map(threads::submit).toList();
      try {
        long end = System.nanoTime() + TIME.toNanos();
        while (System.nanoTime() < end && running.stream().noneMatch(Future::isDone)) {
          long from = history.tick();
          index.save(directory);
          long to = history.tick();
          try (VectorIndex saved = VectorIndexes.open(directory)) {
            history.verify(content(saved), from, to);
          }
          saves++;
        }
      } finally {
        over = true;
      }
      for (Future<Integer> other : running) {
        other.get();
      }
    }
    long from = history.tick();
    history.verify(content(index), from, from);
    return saves;
  }

  /** Of each id the number of the call that stored it. */
  private static Map<Integer, Integer> content(VectorIndex index) {
    Map<Integer, Integer> content = new HashMap<>();
    for (long id : index.ids()) {
      float[] vector = index.vector(id);
      assertThat(vector).as("vector %s", id).isEqualTo(vector((int) id, (int) vector[1]));
      content.put((int) id, (int) vector[1]);
    }
    return content;
  }

  private static float[] vector(int id, int call) {
    return new float[] {id, call, call, id};
  }

  /** Writes to the ids that leave the writer's number as remainder. */
  private int write(MutableVectorIndex index, int writer, SplittableRandom random) {
    while (!over) {
      int id = writer + WRITERS * random.nextInt(IDS / WRITERS);
      switch (random.nextInt(8)) {
        case 0 -> addSome(index, id, random.nextInt(2, 30));
        case 1, 2, 3 -> {
          WriteHistory.Call call = history.begin(id, true, 0, history.tick());
          index.remove(id);
          history.end(call, history.tick());
        }
        default -> {
          float[] vector = vector(id, history.next(id));
          WriteHistory.Call call = history.begin(id, false, 0, history.tick());
          index.add(id, vector);
          history.end(call, history.tick());
        }
      }
      writes.incrementAndGet();
    }
    return 0;
  }

  private void addSome(MutableVectorIndex index, int first, int most) {
    int count = Math.min(most, (IDS - first + WRITERS - 1) / WRITERS);
    long bulk = bulks.incrementAndGet();
    long tick = history.tick();
    long[] ids = new long[count];
    float[][] vectors = new float[count][];
    List<WriteHistory.Call> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = first + WRITERS * i;
      ids[i] = id;
      vectors[i] = vector(id, history.next(id));
      calls.add(history.begin(id, false, bulk, tick));
    }
    index.addAll(VectorSource.of(ids, vectors), BulkOptions.defaults().threads(1));
    long end = history.tick();
    calls.forEach(call -> history.end(call, end));
  }

  private int search(MutableVectorIndex index, SplittableRandom random) {
    while (!over) {
      int id = random.nextInt(IDS);
      Hits hits = index.search(SearchRequest.of(vector(id, random.nextInt(50)), 10));
      assertThat(hits.complete()).isTrue();
      assertThat(hits.ids()).doesNotHaveDuplicates();
      searches.incrementAndGet();
    }
    return 0;
  }
}
