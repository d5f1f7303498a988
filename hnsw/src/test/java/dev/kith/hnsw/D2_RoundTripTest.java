package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.IdSet;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.OpenOptions;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import dev.kith.testkit.Seed;
import dev.kith.testkit.TestVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reopened index answers bit for bit as the one that was saved, by the same walk through the same
 * links, and is saved again as the same bytes.
 */
class D2_RoundTripTest {
  private static final int CASES = Boolean.getBoolean("kith.long") ? 20_000 : 200;

  @TempDir private Path folder;

  @Test
  void everyWayToOpenAnIndexAnswersAsTheOneThatWasSaved(@Seed long seed) throws IOException {
    int withRemovals = 0;
    for (int i = 0; i < CASES; i++) {
      String name = "case " + i + " of seed " + seed;
      SplittableRandom random = new SplittableRandom(seed + i);
      try (HnswIndex index = HnswIndex.create(config(random))) {
        fill(index, random);
        withRemovals += index.stats().reusableRows() > 0 ? 1 : 0;
        assertRoundTrip(name, index, requests(index, random));
      }
      clear();
    }
    assertThat(withRemovals)
        .as("cases that were saved with removed rows in the graph")
        .isBetween(CASES / 10, CASES * 9 / 10);
  }

  private static HnswConfig config(SplittableRandom random) {
    return new HnswConfig(
        random.nextInt(1, 40),
        Metric.values()[random.nextInt(Metric.values().length)],
        random.nextInt(2, 12),
        random.nextInt(1, 60),
        random.nextLong());
  }

  /** Adds, replaces and removes at random; half of the indexes are only added to. */
  private static void fill(HnswIndex index, SplittableRandom random) {
    index.addAll(source(index, random, random.nextInt(200)), BulkOptions.defaults().threads(1));
    int changes = random.nextBoolean() ? 0 : random.nextInt(80);
    for (int i = 0; i < changes; i++) {
      long[] ids = index.ids();
      long some = ids.length == 0 ? 0 : ids[random.nextInt(ids.length)];
      switch (random.nextInt(4)) {
        case 0 -> index.add(random.nextLong(), vector(index, random));
        case 1 -> index.add(some, vector(index, random));
        default -> index.remove(some);
      }
    }
    if (random.nextInt(8) == 0) {
      index.compact();
    }
  }

  private static VectorSource source(VectorIndex index, SplittableRandom random, int count) {
    Set<Long> ids = new HashSet<>();
    while (ids.size() < count) {
      ids.add(random.nextBoolean() ? random.nextLong() : random.nextLong(1_000));
    }
    float[][] vectors = TestVectors.gaussian(count, index.dimension(), random.nextLong());
    return VectorSource.of(ids.stream().mapToLong(Long::longValue).toArray(), vectors);
  }

  private static float[] vector(VectorIndex index, SplittableRandom random) {
    return TestVectors.gaussian(1, index.dimension(), random.nextLong())[0];
  }

  private static List<SearchRequest> requests(VectorIndex index, SplittableRandom random) {
    List<SearchRequest> requests = new ArrayList<>();
    for (int efSearch : new int[] {1, 10, 200}) {
      SearchRequest request =
          SearchRequest.of(vector(index, random), random.nextInt(1, 20))
              .params(new HnswSearchParams(efSearch));
      requests.add(request);
      requests.add(request.filter(id -> id % 2 == 0));
      requests.add(request.filter(IdSet.of(LongStream.of(index.ids()).limit(5).toArray())));
      requests.add(request.maxDistance(random.nextFloat()));
    }
    return requests;
  }

  private void assertRoundTrip(String name, HnswIndex index, List<SearchRequest> requests)
      throws IOException {
    Path saved = folder.resolve("saved");
    index.save(saved);
    String expected = everything(index, requests);
    try (VectorIndex heap = VectorIndexes.open(saved);
        VectorIndex mapped = VectorIndexes.open(saved, OpenOptions.mapped());
        VectorIndex writer = VectorIndexes.openForWriting(saved)) {
      for (VectorIndex opened : List.of(heap, mapped, writer)) {
        String as = name + ", " + (opened == heap ? "HEAP" : opened == mapped ? "MAPPED" : "write");
        assertThat(opened.spec()).as(as).isEqualTo(index.spec());
        assertThat(everything(opened, requests)).as(as).isEqualTo(expected);
      }
      Path again = folder.resolve("again");
      List.of(heap, mapped, writer).get(requests.getFirst().k() % 3).save(again);
      for (String file : List.of("hnsw-1.kith", "manifest")) {
        assertThat(again.resolve(file)).as(name).hasSameBinaryContentAs(saved.resolve(file));
      }
    }
    assertThat(VectorIndexes.check(saved).problems()).as(name).isEmpty();
  }

  /** Content and answers to the last bit, and the work each answer took. */
  private static String everything(VectorIndex index, List<SearchRequest> requests) {
    StringBuilder text = new StringBuilder();
    text.append(DescribedIndex.describe(index, requests.toArray(SearchRequest[]::new)));
    for (Hits hits : index.searchAll(requests, BulkOptions.defaults().threads(1))) {
      text.append(hits.stats()).append(hits).append('\n');
    }
    return text.toString();
  }

  /** What is added after opening gives the bytes that it would have given before. */
  @Test
  void anIndexGoesOnAsIfItHadNeverBeenClosed(@Seed long seed) throws IOException {
    for (int i = 0; i < CASES / 10; i++) {
      SplittableRandom random = new SplittableRandom(seed + i);
      try (HnswIndex index = HnswIndex.create(config(random))) {
        index.addAll(source(index, random, random.nextInt(200)), BulkOptions.defaults());
        index.save(folder.resolve("first"));
        VectorSource more = source(index, random, 100);
        try (MutableVectorIndex opened = VectorIndexes.openForWriting(folder.resolve("first"))) {
          index.addAll(more, BulkOptions.defaults());
          opened.addAll(more, BulkOptions.defaults());
          index.save(folder.resolve("saved"));
          opened.save(folder.resolve("again"));
        }
      }
      assertThat(folder.resolve("again/hnsw-1.kith"))
          .as("case %s of seed %s", i, seed)
          .hasSameBinaryContentAs(folder.resolve("saved/hnsw-1.kith"));
      clear();
    }
  }

  private void clear() throws IOException {
    for (String name : List.of("first", "saved", "again")) {
      delete(folder.resolve(name));
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }
}
