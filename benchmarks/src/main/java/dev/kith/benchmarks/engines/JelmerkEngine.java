package dev.kith.benchmarks.engines;

import com.github.jelmerk.hnswlib.core.DistanceFunctions;
import com.github.jelmerk.hnswlib.core.Item;
import com.github.jelmerk.hnswlib.core.SearchResult;
import com.github.jelmerk.hnswlib.core.hnsw.HnswIndex;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** jelmerk's pure Java hnswlib. The effort is ef, which is a setting of the index. */
final class JelmerkEngine implements Engine {
  private @Nullable HnswIndex<Integer, float[], Row, Float> index;

  /** A vector with its id, as the library wants them. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(Integer id, float[] vector) implements Item<Integer, float[]> {
    @Override
    public int dimensions() {
      return vector.length;
    }

    @Override
    public long version() {
      return 0;
    }
  }

  @Override
  public String config() {
    return "M=" + M + " efConstruction=" + EF_CONSTRUCTION;
  }

  @Override
  public void build(Vectors vectors, int threads, Path folder) throws IOException {
    var distance =
        switch (vectors.metric()) {
          case L2 -> DistanceFunctions.FLOAT_EUCLIDEAN_DISTANCE;
          // Rows of length one.
          case COSINE, INNER_PRODUCT -> DistanceFunctions.FLOAT_INNER_PRODUCT;
        };
    List<Row> rows = new ArrayList<>();
    for (float[] row : vectors.rows()) {
      rows.add(new Row(rows.size(), row));
    }
    HnswIndex<Integer, float[], Row, Float> made =
        HnswIndex.newBuilder(vectors.dimension(), distance, rows.size())
            .withM(M)
            .withEfConstruction(EF_CONSTRUCTION)
            .build();
    index = made;
    if (threads == 1) {
      rows.forEach(made::add);
      return;
    }
    try {
      made.addAll(rows, threads, (done, max) -> {}, rows.size());
    } catch (InterruptedException e) {
      throw new IOException("interrupted while building", e);
    }
  }

  /** Java serialisation. */
  @Override
  public long save(Path folder) throws IOException {
    Path file = folder.resolve("jelmerk.bin");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      index().save(out);
    }
    return Files.size(file);
  }

  @Override
  public void effort(int effort) {
    index().setEf(effort);
  }

  @Override
  public Searcher searcher() {
    HnswIndex<Integer, float[], Row, Float> index = index();
    return (query, k, effort, ids) -> {
      List<SearchResult<Row, Float>> found = index.findNearest(query, k);
      int count = 0;
      for (SearchResult<Row, Float> result : found) {
        ids[count++] = result.item().id();
      }
      return count;
    };
  }

  @Override
  public void close() {}

  private HnswIndex<Integer, float[], Row, Float> index() {
    return Objects.requireNonNull(index, "not built");
  }
}
