package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.IdFilter;
import dev.kith.IdSet;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Row of the contract: random operations against the model. Vectors are small whole numbers, so
 * that under L2 and INNER_PRODUCT the answers have many ties and are expected to the bit.
 */
abstract class RandomOperationRows extends LifecycleRows {
  private static final int OPERATIONS = 1_500;

  @EachMetric
  void randomOperationsMatchTheModel(Metric metric, @Seed long seed) throws IOException {
    new Play(metric, seed).play();
  }

  /** One run: the index, its model and the dice. */
  private final class Play {
    private final Metric metric;
    private final Random random;
    private final int dimension;
    private final Model model;
    private final Path directory = scratch.resolve("index");
    private final List<String> log = new ArrayList<>();
    private MutableVectorIndex index;
    private boolean holdsDirectory;
    private double recall;
    private int searches;

    Play(Metric metric, long seed) {
      this.metric = metric;
      this.random = new Random(seed);
      this.dimension = 1 + random.nextInt(24);
      this.model = new Model(metric);
      this.index = fresh(dimension, metric);
    }

    void play() throws IOException {
      for (int i = 0; i < OPERATIONS; i++) {
        try {
          operate();
        } catch (AssertionError | RuntimeException e) {
          int shown = Math.max(0, log.size() - 12);
          e.addSuppressed(
              new IllegalStateException(
                  "operation "
                      + i
                      + " in dimension "
                      + dimension
                      + ", after "
                      + log.subList(shown, log.size())));
          throw e;
        }
      }
      checkContent(model, index);
      assertThat(recall / searches).as("mean recall").isGreaterThanOrEqualTo(leastRecall() - 1e-9);
    }

    private void operate() throws IOException {
      int dice = random.nextInt(100);
      if (dice < 30) {
        add();
      } else if (dice < 45) {
        remove();
      } else if (dice < 50) {
        addAll();
      } else if (dice < 55) {
        refuse();
      } else if (dice < 57) {
        log.add("compact");
        index.compact();
      } else if (dice < 59 && saves()) {
        saveAndReopen();
      } else if (dice < 61) {
        log.add("look");
        checkContent(model, index);
      } else if (dice < 65) {
        searchAll();
      } else {
        search(request());
      }
    }

    private void add() {
      long id = id();
      float[] vector = vector();
      log.add("add " + id);
      assertThat(index.add(id, vector)).as("add %s", id).isEqualTo(model.put(id, vector));
    }

    private void remove() {
      long id = id();
      log.add("remove " + id);
      assertThat(index.remove(id)).as("remove %s", id).isEqualTo(model.remove(id));
    }

    private void addAll() {
      int count = random.nextInt(40);
      long[] ids = new long[count];
      float[][] rows = new float[count][];
      for (int i = 0; i < count; i++) {
        ids[i] = id();
        rows[i] = vector();
        model.put(ids[i], rows[i]);
      }
      log.add("addAll " + count);
      index.addAll(
          VectorSource.of(ids, rows), BulkOptions.defaults().threads(1 + random.nextInt(3)));
    }

    private void refuse() {
      float[] bad = vector();
      bad[random.nextInt(dimension)] = random.nextBoolean() ? Float.NaN : 1e38f;
      log.add("refuse");
      long id = id();
      Throwable thrown =
          random.nextBoolean()
              ? catchThrowable(() -> index.add(id, bad))
              : catchThrowable(
                  () ->
                      index.addAll(
                          VectorSource.of(new long[] {id, id + 1}, new float[][] {vector(), bad}),
                          BulkOptions.defaults()));
      assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
      assertThat(index.size()).isEqualTo(model.size());
    }

    private void saveAndReopen() throws IOException {
      log.add("save and reopen");
      index.save(directory);
      assertThat(VectorIndexes.check(directory).problems()).isEmpty();
      if (!holdsDirectory || random.nextBoolean()) {
        index.close();
        index = closeLater(VectorIndexes.openForWriting(directory));
        holdsDirectory = true;
        checkContent(model, index);
      }
    }

    private void search(SearchRequest request) {
      log.add("search " + request);
      check(request, index.search(request));
    }

    private void searchAll() {
      List<SearchRequest> requests = new ArrayList<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        requests.add(request());
      }
      log.add("searchAll " + requests.size());
      List<Hits> hits =
          index.searchAll(requests, BulkOptions.defaults().threads(1 + random.nextInt(3)));
      for (int i = 0; i < requests.size(); i++) {
        check(requests.get(i), hits.get(i));
      }
    }

    private void check(SearchRequest request, Hits hits) {
      checkAnswer(model, request, hits);
      recall += model.recall(request, hits);
      searches++;
    }

    private SearchRequest request() {
      float[] query = vector();
      float[] stored = model.vector(id());
      if (stored != null && random.nextBoolean()) {
        query = stored;
      }
      SearchRequest request = ask(query, 1 + random.nextInt(random.nextInt(10) == 0 ? 400 : 20));
      int modulus = 1 + random.nextInt(20);
      IdFilter every = id -> Math.floorMod(id, modulus) == 0;
      request =
          switch (random.nextInt(6)) {
            case 0 -> request.filter(every);
            case 1 -> request.filter(IdSet.of(id(), id(), id(), id(), -12_345));
            default -> request;
          };
      // COSINE rounds, and at the very edge of the range either answer would be right.
      return metric != Metric.COSINE && random.nextInt(5) == 0
          ? request.maxDistance(random.nextInt(400) - 100)
          : request;
    }

    /** One of 300 ids, positive and negative, small and large. */
    private long id() {
      long id = random.nextInt(300) - 150L;
      return id % 10 == 0 ? id << 54 : id;
    }

    private float[] vector() {
      return TestVectors.wholeNumbers(1, dimension, random.nextLong())[0];
    }
  }
}
