package dev.kith.benchmarks.engines;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.MutableVectorIndex;
import dev.kith.OpenMode;
import dev.kith.OpenOptions;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Any index of ours, used as its callers do. */
abstract class KithEngine implements Engine {
  private @Nullable VectorIndex index;

  /** An empty index. */
  abstract MutableVectorIndex empty(Vectors vectors);

  /** How a saved index is opened. */
  OpenMode mode() {
    return OpenMode.HEAP;
  }

  /** A request of an effort. */
  abstract SearchRequest request(float[] query, int k, int effort);

  @Override
  public final void build(Vectors vectors, int threads, Path folder) {
    MutableVectorIndex made = empty(vectors);
    index = made;
    made.addAll(VectorSource.of(vectors.rows()), BulkOptions.defaults().threads(threads));
  }

  @Override
  public final long save(Path folder) throws IOException {
    Path files = files(folder);
    index().save(files);
    return Folders.bytes(files);
  }

  @Override
  public final boolean load(Vectors vectors, Path folder) throws IOException {
    index = VectorIndexes.open(files(folder), new OpenOptions(mode(), false));
    return true;
  }

  @Override
  public final Searcher searcher() {
    VectorIndex index = index();
    return (query, k, effort, ids) -> {
      Hits hits = index.search(request(query, k, effort));
      int found = hits.size();
      for (int i = 0; i < found; i++) {
        ids[i] = (int) hits.id(i);
      }
      return found;
    };
  }

  @Override
  public final void close() {
    index().close();
  }

  private VectorIndex index() {
    return Objects.requireNonNull(index, "neither built nor loaded");
  }

  private static Path files(Path folder) {
    return folder.resolve("kith");
  }
}
