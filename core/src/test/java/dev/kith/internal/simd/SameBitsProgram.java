package dev.kith.internal.simd;

import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.OpenOptions;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import dev.kith.flat.FlatIndex;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Computes the same things with every face of the kernels and with exact indexes, several times,
 * and prints a line {@code name=hash} for each: of the first pass, and again for any pass that
 * gives another hash.
 *
 * <p>Arguments: a fresh folder, the number of small passes, the number of full ones.
 */
public final class SameBitsProgram {
  private static final int[] SMALL = {1, 16, 17, 50, 130};
  private static final int[] FULL = {
    2, 3, 4, 5, 7, 8, 9, 15, 31, 32, 33, 47, 48, 49, 63, 64, 65, 96, 100, 127, 128, 129, 200, 255,
    300, 384, 500, 512, 640, 768, 784, 1000, 1100
  };
  private static final BulkOptions ALONE = BulkOptions.defaults().threads(1);

  private SameBitsProgram() {}

  /** Runs the passes. */
  public static void main(String[] args) throws IOException {
    System.out.println("kernels=" + Kernels.active().name());
    run("small", SMALL, 40, Path.of(args[0], "small"), Integer.parseInt(args[1]));
    run("full", FULL, 400, Path.of(args[0], "full"), Integer.parseInt(args[2]));
  }

  private static void run(String name, int[] dimensions, int rows, Path folder, int passes)
      throws IOException {
    if (passes > 0) {
      save(folder, rows);
    }
    Map<String, String> first = Map.of();
    for (int pass = 0; pass < passes; pass++) {
      Map<String, String> hashes = new LinkedHashMap<>();
      kernels(dimensions, hashes);
      scorers(dimensions, hashes);
      codes(dimensions, hashes);
      for (Metric metric : Metric.values()) {
        searches(metric, rows, folder, hashes);
      }
      if (pass == 0) {
        first = hashes;
        hashes.forEach((what, hash) -> System.out.println(name + " " + what + "=" + hash));
      } else if (!hashes.equals(first)) {
        System.out.println("pass " + pass + " of " + name + " differs: " + hashes);
      }
    }
  }

  private static void kernels(int[] dimensions, Map<String, String> hashes) {
    for (Operation operation : Operation.values()) {
      SplittableRandom random = new SplittableRandom(operation.ordinal());
      FloatKernel heap = operation.heap(Kernels.active());
      MappedFloatKernel mapped = operation.mapped(Kernels.active());
      Digest pairs = new Digest();
      Digest rows = new Digest();
      Digest mappedRows = new Digest();
      Digest tiles = new Digest();
      for (int dimension : dimensions) {
        for (FloatKind kind : FloatKind.values()) {
          float[][] vectors = kind.vectors(random, 11, dimension);
          float[][] queries = kind.vectors(random, 5, dimension);
          int[] ordinals = PaddedRows.ordinals(random, 11, 11);
          FloatRows table = PaddedRows.heap(vectors);
          float[] query = PaddedRows.padded(queries[0], 3);
          float[] row = PaddedRows.padded(vectors[0], 6);
          float[] out = new float[queries.length * ordinals.length];
          out[0] = heap.pair(query, 3, row, 6, table.stride());
          pairs.floats(out, 1);
          heap.rows(PaddedRows.padded(queries[0]), table, ordinals, 1, 10, out);
          rows.floats(out, 10);
          try (Arena arena = Arena.ofConfined()) {
            MappedFloatRows stored = PaddedRows.mapped(arena, vectors, dimension % 9);
            mapped.rows(PaddedRows.padded(queries[0]), stored, ordinals, 1, 10, out);
            mappedRows.floats(out, 10);
          }
          heap.tile(PaddedRows.tile(queries), queries.length, table, ordinals, 11, out);
          tiles.floats(out, out.length);
        }
      }
      hashes.put(operation + " pair", pairs.toString());
      hashes.put(operation + " rows", rows.toString());
      hashes.put(operation + " mapped rows", mappedRows.toString());
      hashes.put(operation + " tile", tiles.toString());
    }
  }

  private static void scorers(int[] dimensions, Map<String, String> hashes) {
    for (Metric metric : Metric.values()) {
      SplittableRandom random = new SplittableRandom(metric.ordinal());
      Digest digest = new Digest();
      for (int dimension : dimensions) {
        try (Float32Faces faces = new Float32Faces(random, dimension, metric)) {
          faces.digest(digest);
        }
      }
      hashes.put(metric + " scorers", digest.toString());
    }
  }

  private static void codes(int[] dimensions, Map<String, String> hashes) {
    for (Metric metric : Metric.values()) {
      SplittableRandom random = new SplittableRandom(200 + metric.ordinal());
      Digest digest = new Digest();
      for (int dimension : dimensions) {
        CodedFaces.digest(random, dimension, metric, digest);
      }
      hashes.put(metric + " codes", digest.toString());
    }
  }

  private static int dimension(int rows) {
    return rows / 5 + 3;
  }

  private static float[][] vectors(Metric metric, int rows) {
    SplittableRandom random = new SplittableRandom(100 + metric.ordinal());
    return FloatKind.UNIT.vectors(random, rows + 10, dimension(rows));
  }

  private static void save(Path folder, int rows) throws IOException {
    for (Metric metric : Metric.values()) {
      try (FlatIndex index = FlatIndex.create(dimension(rows), metric)) {
        float[][] vectors = vectors(metric, rows);
        index.addAll(VectorSource.of(vectors), ALONE);
        index.add(7_000_000_000L, vectors[3]);
        index.remove(5);
        index.save(Path.of(folder + "-" + metric));
      }
    }
  }

  private static void searches(Metric metric, int rows, Path folder, Map<String, String> hashes)
      throws IOException {
    float[][] queries = vectors(metric, rows);
    List<SearchRequest> requests = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      requests.add(SearchRequest.of(queries[rows + i], 15));
    }
    Path saved = Path.of(folder + "-" + metric);
    for (OpenOptions options : List.of(OpenOptions.defaults(), OpenOptions.mapped())) {
      Digest single = new Digest();
      Digest batch = new Digest();
      try (VectorIndex index = VectorIndexes.open(saved, options)) {
        requests.forEach(request -> single.hits(index.search(request)));
        index.searchAll(requests, ALONE).forEach(batch::hits);
      }
      hashes.put(metric + " search " + options.mode(), single.toString());
      hashes.put(metric + " batch " + options.mode(), batch.toString());
    }
  }
}
