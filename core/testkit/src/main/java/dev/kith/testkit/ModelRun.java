package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.testkit.ModelOperation.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Plays random operations on an index type, on a sorted map and on an exact index, and compares
 * every answer. Use it to test an index type for as long as you have time; {@link
 * VectorIndexContract} plays a few.
 *
 * <p>The operations are additions, replacements, removals, bulk additions, refused calls, searches
 * of every kind, compaction, saving, checking and opening again. They come in episodes of 500, each
 * on a fresh index of another dimension and metric, and each with only some kinds of operations, so
 * that rare sequences are met, too.
 *
 * {@snippet file="dev/kith/examples/testkit/ModelRunTest.java" region="model-run"}
 *
 * <p>A failure is an {@link AssertionError} that names the seed and the number of the operation,
 * and lists the fewest operations found that still fail.
 *
 * <p>Concurrency: immutable; a run is of one thread, the index may use more.
 */
public final class ModelRun {
  private static final int EPISODE = 500;
  private static final int SHRINKING_PLAYS = 600;
  private static final int SHOWN = 40;
  private static final List<Metric> METRICS = List.of(Metric.values());

  private final BiFunction<Integer, Metric, MutableVectorIndex> type;
  private final double leastRecall;
  private final UnaryOperator<SearchRequest> thorough;
  private final Set<Kind> kinds;

  private ModelRun(
      BiFunction<Integer, Metric, MutableVectorIndex> type,
      double leastRecall,
      UnaryOperator<SearchRequest> thorough,
      Set<Kind> kinds) {
    this.type = type;
    this.leastRecall = leastRecall;
    this.thorough = thorough;
    this.kinds = kinds;
  }

  /**
   * Runs an exact index type.
   *
   * @param type makes an empty index of a dimension and a metric
   * @return the run
   */
  public static ModelRun of(BiFunction<Integer, Metric, MutableVectorIndex> type) {
    return new ModelRun(
        Objects.requireNonNull(type, "type"),
        1,
        UnaryOperator.identity(),
        EnumSet.allOf(Kind.class));
  }

  /**
   * The same for an approximate index type.
   *
   * @param leastRecall the least mean recall of the searches of a run, below 1
   * @param thorough adds the parameters with which a search over some hundreds of vectors finds as
   *     many as it is asked for
   * @return a new run
   */
  public ModelRun approximate(double leastRecall, UnaryOperator<SearchRequest> thorough) {
    if (!(leastRecall > 0 && leastRecall < 1)) {
      throw new IllegalArgumentException(
          "leastRecall: " + leastRecall + ", expected above 0 and below 1");
    }
    return new ModelRun(type, leastRecall, Objects.requireNonNull(thorough, "thorough"), kinds);
  }

  /**
   * The same for an index type that is not saved.
   *
   * @return a new run
   */
  public ModelRun inMemory() {
    Set<Kind> fewer = EnumSet.copyOf(kinds);
    fewer.removeAll(EnumSet.of(Kind.SAVE, Kind.REOPEN, Kind.READ));
    return new ModelRun(type, leastRecall, thorough, fewer);
  }

  /**
   * The same with bad calls among few others: what is refused must leave the index as it was.
   *
   * @return a new run
   */
  public ModelRun badCalls() {
    return new ModelRun(
        type, leastRecall, thorough, EnumSet.of(Kind.ADD, Kind.REMOVE, Kind.REFUSE, Kind.LOOK));
  }

  /**
   * Plays.
   *
   * @param operations how many
   * @param seed decides everything; see {@link Seed}
   * @param scratch an empty directory for what is saved
   * @throws IOException if the directory cannot be used
   */
  public void play(int operations, long seed, Path scratch) throws IOException {
    Random random = new Random(seed);
    double recall = 0;
    int searches = 0;
    for (int done = 0; done < operations; done += EPISODE) {
      Metric metric = METRICS.get(random.nextInt(METRICS.size()));
      Episode episode = new Episode(1 + random.nextInt(24), metric, scratch);
      List<ModelOperation> all = some(random, Math.min(EPISODE, operations - done));
      AtomicInteger failed = new AtomicInteger();
      try {
        ModelPlay play = episode.play(all, failed);
        recall += play.recall();
        searches += play.searches();
      } catch (AssertionError | RuntimeException e) {
        throw episode.failure(e, seed, done, all.subList(0, failed.get() + 1));
      }
    }
    if (searches > 0) {
      assertThat(recall / searches)
          .as("mean recall, seed %s", seed)
          .isGreaterThanOrEqualTo(leastRecall - 1e-9);
    }
  }

  /** Operations of a random half of the kinds, or of all. */
  private List<ModelOperation> some(Random random, int count) {
    List<Kind> chosen = new ArrayList<>();
    boolean all = random.nextInt(4) == 0;
    for (Kind kind : kinds) {
      if (all || kind == Kind.ADD || random.nextBoolean()) {
        chosen.add(kind);
      }
    }
    int sum = chosen.stream().mapToInt(Kind::weight).sum();
    List<ModelOperation> operations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int dice = random.nextInt(sum);
      int next = 0;
      for (; dice >= chosen.get(next).weight(); next++) {
        dice -= chosen.get(next).weight();
      }
      operations.add(new ModelOperation(chosen.get(next), random.nextLong()));
    }
    return operations;
  }

  MutableVectorIndex create(int dimension, Metric metric) {
    return type.apply(dimension, metric);
  }

  double leastRecall() {
    return leastRecall;
  }

  SearchRequest thorough(SearchRequest request) {
    return thorough.apply(request);
  }

  /** What the plays of one list of operations have in common. */
  private final class Episode {
    private final int dimension;
    private final Metric metric;
    private final Path directory;

    Episode(int dimension, Metric metric, Path scratch) {
      this.dimension = dimension;
      this.metric = metric;
      this.directory = scratch.resolve("index");
    }

    ModelPlay play(List<ModelOperation> operations, AtomicInteger number) throws IOException {
      clear();
      try (ModelPlay play = new ModelPlay(ModelRun.this, dimension, metric, directory)) {
        for (int i = 0; i < operations.size(); i++) {
          number.set(i);
          play.apply(operations.get(i));
        }
        return play;
      } finally {
        clear();
      }
    }

    private void clear() throws IOException {
      if (Files.exists(directory)) {
        try (Stream<Path> files = Files.walk(directory)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }

    private boolean fails(List<ModelOperation> operations) {
      try {
        play(operations, new AtomicInteger());
        return false;
      } catch (AssertionError | RuntimeException e) {
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    private void describe(List<ModelOperation> operations, StringBuilder text) {
      try {
        clear();
        try (ModelPlay play = new ModelPlay(ModelRun.this, dimension, metric, directory)) {
          for (ModelOperation operation :
              operations.subList(0, Math.min(SHOWN, operations.size()))) {
            text.append("\n  ").append(play.describe(operation));
            play.apply(operation);
          }
        }
        text.append("\n  ...");
      } catch (AssertionError | RuntimeException | IOException e) {
        text.append("\n  fails: ").append(e.getMessage());
      }
    }

    private AssertionError failure(
        Throwable cause, long seed, int done, List<ModelOperation> failing) {
      List<ModelOperation> fewest = Shrinking.shrink(failing, this::fails, SHRINKING_PLAYS);
      StringBuilder text = new StringBuilder();
      text.append("seed ").append(seed);
      text.append(", operation ").append(done + failing.size() - 1);
      text.append(", dimension ").append(dimension).append(", ").append(metric);
      text.append(": ").append(cause.getMessage());
      text.append("\n").append(fewest.size()).append(" operations that fail:");
      describe(fewest, text);
      return new AssertionError(text.toString(), cause);
    }
  }

  @Override
  public String toString() {
    return "ModelRun of " + kinds;
  }
}
