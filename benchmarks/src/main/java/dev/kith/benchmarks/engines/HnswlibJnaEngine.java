package dev.kith.benchmarks.engines;

import com.stepstone.search.hnswlib.jna.Index;
import com.stepstone.search.hnswlib.jna.SpaceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * hnswlib through JNA, with the native library that its jar brings, which is built for any CPU of
 * the architecture. The effort is ef, which is a setting of the index.
 */
final class HnswlibJnaEngine implements Engine {
  private static final int SEED = 100;

  private @Nullable Index index;

  @Override
  public String config() {
    return "M=" + M + " efConstruction=" + EF_CONSTRUCTION;
  }

  @Override
  public void build(Vectors vectors, int threads, Path folder) {
    float[][] rows = vectors.rows();
    Index made = new Index(space(vectors), vectors.dimension());
    made.initialize(rows.length, M, EF_CONSTRUCTION, SEED);
    index = made;
    // hnswlib takes additions from any number of threads. Its binding locks them one by one in
    // Index.synchronizedIndex, so the plain index is shared here. The first row comes first alone:
    // it becomes the entry point.
    made.addItem(rows[0], 0);
    AtomicInteger next = new AtomicInteger(1);
    Workers.run(
        threads,
        worker -> {
          for (int row = next.getAndIncrement(); row < rows.length; row = next.getAndIncrement()) {
            made.addItem(rows[row], row);
          }
        });
  }

  @Override
  public long save(Path folder) throws IOException {
    Path file = file(folder);
    index().save(file);
    return Files.size(file);
  }

  @Override
  public boolean load(Vectors vectors, Path folder) {
    Index made = new Index(space(vectors), vectors.dimension());
    // An index that was never initialised does not take a setting, even when it was loaded.
    made.initialize(vectors.rows().length, M, EF_CONSTRUCTION, SEED);
    made.load(file(folder), vectors.rows().length);
    index = made;
    return true;
  }

  @Override
  public void effort(int effort) {
    index().setEf(effort);
  }

  @Override
  public Searcher searcher() {
    Index index = index();
    return (query, k, effort, ids) -> {
      int[] found = index.knnQuery(query, k).getIds();
      System.arraycopy(found, 0, ids, 0, found.length);
      return found.length;
    };
  }

  @Override
  public void close() {
    index().clear();
  }

  private Index index() {
    return Objects.requireNonNull(index, "neither built nor loaded");
  }

  private static Path file(Path folder) {
    return folder.resolve("hnswlib.bin");
  }

  /** Rows of length one: their inner product is their cosine. */
  private static SpaceName space(Vectors vectors) {
    return switch (vectors.metric()) {
      case L2 -> SpaceName.L2;
      case COSINE, INNER_PRODUCT -> SpaceName.IP;
    };
  }
}
