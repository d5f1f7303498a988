package dev.kith.flat;

import dev.kith.Footprint;
import dev.kith.IndexSpec;
import dev.kith.MutableVectorIndex;
import dev.kith.OpenMode;
import dev.kith.OpenOptions;
import dev.kith.VectorIndex;
import dev.kith.internal.concurrent.Epochs;
import dev.kith.internal.rows.MappedRows;
import dev.kith.internal.rows.TableRows;
import dev.kith.internal.rows.WarmUp;
import dev.kith.internal.storage.FileReader;
import dev.kith.internal.storage.StoredIndex;
import dev.kith.spi.IndexProvider;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes flat indexes known to {@link dev.kith.VectorIndexes}. */
public final class FlatIndexProvider implements IndexProvider {
  /** Made by the service loader. */
  public FlatIndexProvider() {}

  @Override
  public String type() {
    return FlatFormat.TYPE;
  }

  @Override
  public boolean understands(IndexSpec spec) {
    return spec.text().equals(ExactIndex.SPEC);
  }

  @Override
  public MutableVectorIndex create(IndexSpec spec) {
    return FlatIndex.create(spec.dimension(), spec.metric());
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
    try (FlatFile file = FlatFile.open(stored, true)) {
      TableRows rows = file.read(new Epochs());
      return new StoredFlatIndex(
          file.dimension(),
          file.metric(),
          rows,
          () -> {},
          FlatIndex.footprint(rows.table(), rows.vectors()),
          stored.home(),
          () -> {});
    }
  }

  private static VectorIndex openMapped(StoredIndex stored) throws IOException {
    Arena arena = Arena.ofShared();
    try (FlatFile file = FlatFile.open(stored, false)) {
      MemorySegment mapped = file.map(arena);
      MappedRows rows = file.rows(mapped);
      Path path = file.path();
      Footprint footprint = new Footprint(Map.of("mapped file", stored.bytes()));
      return new StoredFlatIndex(
          file.dimension(),
          file.metric(),
          rows,
          () -> FileReader.verifyChecksum(path, mapped),
          footprint,
          stored.home(),
          arena::close);
    } catch (Throwable e) {
      arena.close();
      throw e;
    }
  }

  @Override
  public MutableVectorIndex openForWriting(StoredIndex stored) throws IOException {
    try (FlatFile file = FlatFile.open(stored, true)) {
      return FlatIndex.of(file, stored.home());
    }
  }

  @Override
  public void check(StoredIndex stored, List<String> findings) throws IOException {
    try (FlatFile file = FlatFile.open(stored, true)) {
      findings.add("flat file: checksum of every byte matches");
      file.read(new Epochs());
      findings.add(
          "flat file: "
              + file.count()
              + " vectors of dimension "
              + file.dimension()
              + " under "
              + file.metric()
              + ", ids distinct, every vector admissible");
    }
  }
}
