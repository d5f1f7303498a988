package dev.kith.hnsw;

import dev.kith.Footprint;
import dev.kith.IndexStats;
import dev.kith.encoding.EncodedVectors;
import dev.kith.hnsw.internal.Adjacency;
import dev.kith.hnsw.internal.CodeSpace;
import dev.kith.hnsw.internal.CodedLinks;
import dev.kith.hnsw.internal.GraphParameters;
import dev.kith.hnsw.internal.GraphSearch;
import dev.kith.hnsw.internal.HnswFormat;
import dev.kith.internal.concurrent.Epochs;
import dev.kith.internal.concurrent.Pool;
import dev.kith.internal.rows.Opened;
import dev.kith.internal.rows.Rows;
import dev.kith.internal.storage.IndexHome;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A graph index opened for reading, in the heap or mapped. */
final class StoredHnswIndex extends SearchableGraph {
  private final Moment moment;
  private final Opened opened;

  /**
   * Wraps a graph without gaps.
   *
   * @param near what a walk looks at: the rows, or codes of them
   * @param space where codes live
   * @param codes the links with codes, or null
   * @param content writes it
   * @param footprint the memory it takes
   * @param home where it comes from
   * @param release gives back what it holds, once no search runs
   */
  StoredHnswIndex(
      GraphParameters parameters,
      Rows rows,
      Adjacency links,
      EncodedVectors near,
      CodeSpace space,
      @Nullable CodedLinks codes,
      IndexHome.Content content,
      Footprint footprint,
      IndexHome home,
      Runnable release) {
    super(parameters, new Epochs());
    this.moment =
        new Moment(
            rows,
            links,
            new Pool<>(() -> new GraphSearch(parameters, rows.vectors(), near, space, codes)));
    this.opened = new Opened(epochs, HnswFormat.TYPE, content, footprint, home, release);
  }

  @Override
  Moment now() {
    return moment;
  }

  @Override
  public IndexStats stats() {
    return opened.stats(moment.rows().size());
  }

  @Override
  public void save(Path directory) throws IOException {
    opened.save(directory);
  }

  @Override
  public void close() {
    opened.close();
  }
}
