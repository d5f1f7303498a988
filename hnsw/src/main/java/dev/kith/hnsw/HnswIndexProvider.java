package dev.kith.hnsw;

import dev.kith.IndexSpec;
import dev.kith.MutableVectorIndex;
import dev.kith.OpenMode;
import dev.kith.OpenOptions;
import dev.kith.VectorIndex;
import dev.kith.hnsw.internal.HnswFile;
import dev.kith.hnsw.internal.HnswFormat;
import dev.kith.hnsw.internal.LiveGraph;
import dev.kith.hnsw.internal.MappedGraph;
import dev.kith.internal.concurrent.Epochs;
import dev.kith.internal.rows.WarmUp;
import dev.kith.internal.storage.StoredIndex;
import dev.kith.spi.IndexProvider;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;

/** Makes graph indexes known to {@link dev.kith.VectorIndexes}. */
public final class HnswIndexProvider implements IndexProvider {
  /** Made by the service loader. */
  public HnswIndexProvider() {}

  @Override
  public String type() {
    return HnswFormat.TYPE;
  }

  @Override
  public boolean understands(IndexSpec spec) {
    return HnswSpec.matches(spec);
  }

  @Override
  public MutableVectorIndex create(IndexSpec spec) {
    return HnswIndex.create(HnswSpec.config(spec));
  }

  @Override
  public VectorIndex open(StoredIndex stored, OpenOptions options) throws IOException {
    VectorIndex index = options.mode() == OpenMode.HEAP ? openHeap(stored) : openMapped(stored);
    if (options.warmUp()) {
      WarmUp.run(index);
    }
    return index;
  }

  private static VectorIndex openHeap(StoredIndex stored) throws IOException {
    try (HnswFile file = HnswFile.open(stored, true)) {
      LiveGraph graph = file.read(new Epochs());
      return new StoredHnswIndex(
          file.parameters(),
          graph.rows(),
          graph.links(),
          graph.near(),
          graph.space(),
          graph.codedLinks(),
          graph::write,
          graph.footprint(),
          stored.home(),
          () -> {});
    }
  }

  private static VectorIndex openMapped(StoredIndex stored) throws IOException {
    Arena arena = Arena.ofShared();
    try (HnswFile file = HnswFile.open(stored, false)) {
      MappedGraph graph = file.map(arena);
      return new StoredHnswIndex(
          file.parameters(),
          graph.vectors(),
          graph,
          graph.near(),
          graph.space(),
          null,
          graph::write,
          graph.footprint(stored.bytes()),
          stored.home(),
          arena::close);
    } catch (Throwable e) {
      arena.close();
      throw e;
    }
  }

  @Override
  public MutableVectorIndex openForWriting(StoredIndex stored) throws IOException {
    try (HnswFile file = HnswFile.open(stored, true)) {
      Epochs epochs = new Epochs();
      return new HnswIndex(file.parameters(), stored.home(), epochs, file.read(epochs));
    }
  }

  @Override
  public void check(StoredIndex stored, List<String> findings) throws IOException {
    try (HnswFile file = HnswFile.open(stored, true)) {
      findings.add("hnsw file: checksum of every byte matches");
      file.check(findings);
    }
  }
}
