package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.IdSet;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.OpenMode;
import dev.kith.OpenOptions;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import dev.kith.flat.FlatIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * An index, the model and an exact index beside each other: every operation is done to all three,
 * and every answer compared. Vectors are small whole numbers, so that there are many ties.
 */
final class ModelPlay implements AutoCloseable {
  private static final int IDS = 240;

  private final ModelRun rules;
  private final Metric metric;
  private final int dimension;
  private final Path directory;
  private final Model model;
  private final FlatIndex exact;
  private MutableVectorIndex index;
  private double recall;
  private int searches;

  ModelPlay(ModelRun rules, int dimension, Metric metric, Path directory) {
    this.rules = rules;
    this.metric = metric;
    this.dimension = dimension;
    this.directory = directory;
    this.model = new Model(metric);
    this.exact = FlatIndex.create(dimension, metric);
    this.index = rules.create(dimension, metric);
  }

  double recall() {
    return recall;
  }

  int searches() {
    return searches;
  }

  @Override
  public void close() {
    index.close();
    exact.close();
  }

  void apply(ModelOperation operation) throws IOException {
    Random random = operation.random();
    switch (operation.kind()) {
      case ADD -> add(id(random), vector(random));
      case REMOVE -> remove(id(random));
      case ADD_ALL -> addAll(random);
      case REMOVE_MANY -> removeMany(random);
      case REFUSE -> refuse(random);
      case COMPACT -> index.compact();
      case SAVE -> save();
      case REOPEN -> reopen();
      case READ -> read(random);
      case LOOK -> ContractFixture.checkContent(model, index);
      case SEARCH -> search(request(random));
      case SEARCH_ALL -> searchAll(random);
    }
  }

  /**
   * The operation as a reader would write it down; what a search asks follows from what is there.
   */
  String describe(ModelOperation operation) {
    Random random = operation.random();
    String arguments =
        switch (operation.kind()) {
          case ADD -> id(random) + ", " + text(vector(random));
          case REMOVE -> "" + id(random);
          case ADD_ALL -> {
            StringJoiner rows = new StringJoiner("; ");
            VectorSource source = source(random);
            for (int i = 0; i < source.size(); i++) {
              float[] row = new float[dimension];
              source.copy(i, row);
              rows.add(source.id(i) + ", " + text(row));
            }
            yield rows.toString();
          }
          case SEARCH -> request(random) + " of " + text(request(operation.random()).query());
          default -> "seed " + operation.seed();
        };
    return operation.kind() + " " + arguments;
  }

  private static String text(float[] vector) {
    StringJoiner text = new StringJoiner(" ", "[", "]");
    for (float x : vector) {
      text.add("" + (int) x);
    }
    return text.toString();
  }

  private void add(long id, float[] vector) {
    boolean fresh = model.put(id, vector);
    exact.add(id, vector);
    assertThat(index.add(id, vector)).as("add %s is new", id).isEqualTo(fresh);
  }

  private void remove(long id) {
    boolean there = model.remove(id);
    exact.remove(id);
    assertThat(index.remove(id)).as("remove %s removes", id).isEqualTo(there);
    assertThat(index.contains(id)).as("contains the removed id %s", id).isFalse();
  }

  private void addAll(Random random) {
    VectorSource source = source(random);
    float[] row = new float[dimension];
    for (int i = 0; i < source.size(); i++) {
      source.copy(i, row);
      model.put(source.id(i), row);
    }
    exact.addAll(source, BulkOptions.defaults().threads(1));
    index.addAll(source, BulkOptions.defaults().threads(1 + random.nextInt(3)));
    assertThat(index.size()).as("size after addAll").isEqualTo(model.size());
  }

  private VectorSource source(Random random) {
    int count = random.nextInt(40);
    long[] ids = new long[count];
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      ids[i] = id(random);
      rows[i] = vector(random);
    }
    return VectorSource.of(ids, rows);
  }

  /** All, or all but some, which is what an index has to repair most after. */
  private void removeMany(Random random) {
    int kept = random.nextInt(3);
    for (long id : model.ids()) {
      if (random.nextInt(10) >= kept) {
        remove(id);
      }
    }
  }

  private void refuse(Random random) {
    float[] bad = vector(random);
    switch (random.nextInt(5)) {
      case 0 -> bad[random.nextInt(dimension)] = Float.NaN;
      case 1 -> bad[random.nextInt(dimension)] = Float.NEGATIVE_INFINITY;
      case 2 -> bad[random.nextInt(dimension)] = 1e38f;
      case 3 -> bad = new float[dimension + 1 + random.nextInt(3)];
      default -> bad = metric == Metric.COSINE ? new float[dimension] : new float[0];
    }
    float[] refused = bad;
    long id = id(random);
    VectorSource source =
        VectorSource.of(new long[] {id, id(random)}, new float[][] {vector(random), refused});
    Throwable thrown =
        switch (random.nextInt(4)) {
          case 0 -> catchThrowable(() -> index.add(id, refused));
          case 1 -> catchThrowable(() -> index.addAll(source, BulkOptions.defaults()));
          case 2 -> catchThrowable(() -> index.search(SearchRequest.of(refused, 3)));
          default -> catchThrowable(() -> index.search(SearchRequest.of(vector(random), 0)));
        };
    assertThat(thrown).as("a bad call").isInstanceOf(IllegalArgumentException.class);
    assertThat(index.size()).as("size after a bad call").isEqualTo(model.size());
    float[] expected = model.vector(id);
    assertThat(index.contains(id))
        .as("contains %s after a bad call", id)
        .isEqualTo(expected != null);
    if (expected != null) {
      ContractFixture.assertSameBits(index.vector(id), expected);
    }
  }

  private void save() throws IOException {
    index.save(directory);
    assertThat(VectorIndexes.check(directory).problems()).as("problems of the save").isEmpty();
  }

  private void reopen() throws IOException {
    save();
    index.close();
    index = VectorIndexes.openForWriting(directory);
    ContractFixture.checkContent(model, index);
  }

  private void read(Random random) throws IOException {
    save();
    SearchRequest request = request(random);
    Hits expected = index.search(request);
    for (OpenMode mode : OpenMode.values()) {
      try (VectorIndex stored = VectorIndexes.open(directory, new OpenOptions(mode, false))) {
        ContractFixture.checkContent(model, stored);
        ContractFixture.assertSameHits(stored.search(request), expected);
      }
    }
  }

  private void search(SearchRequest request) {
    check(request, index.search(request));
  }

  private void searchAll(Random random) {
    List<SearchRequest> requests = new ArrayList<>();
    for (int i = random.nextInt(12); i >= 0; i--) {
      requests.add(request(random));
    }
    List<Hits> all =
        index.searchAll(requests, BulkOptions.defaults().threads(1 + random.nextInt(3)));
    for (int i = 0; i < requests.size(); i++) {
      check(requests.get(i), all.get(i));
    }
  }

  /**
   * What was found must be what the exact index says about the same ids, to the bit; from an exact
   * index it must be everything.
   */
  private void check(SearchRequest request, Hits hits) {
    assertThat(hits.complete()).as("complete").isTrue();
    if (rules.leastRecall() >= 1) {
      model.checkExact(request, hits);
      ContractFixture.assertSameHits(hits, exact.search(request));
    } else {
      model.checkSound(request, hits);
      assertThat(hits.size()).as("hits of %s", request).isEqualTo(model.expectedSize(request));
      ContractFixture.assertSameHits(
          hits, exact.search(SearchRequest.of(request.query(), request.k()).filter(only(hits))));
    }
    recall += model.recall(request, hits);
    searches++;
  }

  private static IdSet only(Hits hits) {
    return IdSet.of(hits.ids());
  }

  private SearchRequest request(Random random) {
    long near = id(random);
    float @Nullable [] stored = model.vector(near);
    float[] any = vector(random);
    boolean one = random.nextBoolean();
    SearchRequest request =
        SearchRequest.of(
            stored != null && one ? stored : any,
            1 + random.nextInt(random.nextInt(10) == 0 ? 400 : 20));
    int modulus = 1 + random.nextInt(20);
    request =
        switch (random.nextInt(6)) {
          case 0 -> request.filter(id -> Math.floorMod(id, modulus) == 0);
          case 1 -> request.filter(IdSet.of(id(random), id(random), id(random), -12_345));
          default -> request;
        };
    // COSINE rounds, and at the very edge of the range either answer would be right.
    if (metric != Metric.COSINE && random.nextInt(5) == 0) {
      request = request.maxDistance(random.nextInt(400) - 100);
    }
    return rules.thorough(request);
  }

  /** Positive and negative, small and large. */
  private static long id(Random random) {
    long id = random.nextInt(IDS) - IDS / 2L;
    return id % 10 == 0 ? id << 54 : id;
  }

  private float[] vector(Random random) {
    return TestVectors.wholeNumbers(1, dimension, random.nextLong())[0];
  }
}
