package dev.kith.benchmarks.sweep;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.CorruptIndexException;
import dev.kith.Metric;
import dev.kith.VectorSource;
import dev.kith.benchmarks.UsageException;
import dev.kith.eval.PackedVectors;
import dev.kith.eval.Texmex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A folder of {@code base.fvecs} or {@code base.bvecs}, {@code query.*} likewise, {@code
 * groundtruth.ivecs} and {@code meta.json}; the last two may be missing.
 */
final class TexmexFolder {
  private static final JsonMapper JSON = new JsonMapper();

  private TexmexFolder() {}

  static TestSet read(Path folder, @Nullable Metric metric, int limit) throws IOException {
    JsonNode meta = meta(folder);
    int most = limit > 0 ? limit : Integer.MAX_VALUE;
    PackedVectors base;
    PackedVectors queries;
    int rows;
    try {
      base = vectors(folder, "base", most);
      queries = vectors(folder, "query", Integer.MAX_VALUE);
      rows = base.size() < most ? base.size() : rows(folder, base.dimension());
    } catch (CorruptIndexException e) {
      throw new UsageException("--dataset: " + e.getMessage());
    }
    int said = meta.path("dim").asInt(base.dimension());
    if (said != base.dimension()) {
      throw new UsageException(
          "--dataset: meta.json says dimension " + said + ", base has " + base.dimension());
    }
    Metric how = metric != null ? metric : metric(folder, meta);
    Path answers = folder.resolve("groundtruth.ivecs");
    boolean whole = base.size() == rows;
    int[][] truth = whole && Files.exists(answers) ? Texmex.readIvecs(answers) : null;
    String name = meta.path("name").asText(folder.toAbsolutePath().normalize().getFileName() + "");
    return new TestSet(
        TestSets.name(name, base.size(), rows), how, base.toArrays(), queries.toArrays(), truth);
  }

  /** Writes a test set as such a folder, for programs that read nothing else. */
  static void write(Path folder, TestSet set) throws IOException {
    Files.createDirectories(folder);
    Texmex.writeFvecs(folder.resolve("base.fvecs"), set.source(), set.dimension());
    Texmex.writeFvecs(
        folder.resolve("query.fvecs"), VectorSource.of(set.queries()), set.dimension());
    if (set.truth() != null) {
      Texmex.writeIvecs(folder.resolve("groundtruth.ivecs"), set.truth());
    }
    Map<String, Object> meta =
        Map.of(
            "name", set.name(),
            "dim", set.dimension(),
            "metric", word(set.metric()),
            "n_base", set.base().length,
            "n_query", set.queries().length);
    Files.writeString(folder.resolve("meta.json"), JSON.writeValueAsString(meta) + "\n");
  }

  private static String word(Metric metric) {
    return switch (metric) {
      case L2 -> "euclidean";
      case COSINE -> "angular";
      case INNER_PRODUCT -> "dot";
    };
  }

  private static JsonNode meta(Path folder) throws IOException {
    Path file = folder.resolve("meta.json");
    if (!Files.exists(file)) {
      return JSON.createObjectNode();
    }
    try {
      return JSON.readTree(Files.readString(file));
    } catch (JacksonException e) {
      throw new UsageException(file + ": " + e.getOriginalMessage());
    }
  }

  private static Metric metric(Path folder, JsonNode meta) {
    String word = meta.path("metric").asText();
    if (word.isEmpty()) {
      throw new UsageException(
          "--metric: missing, and " + folder + " has no meta.json that names it");
    }
    return TestSets.metric("meta.json", word);
  }

  private static PackedVectors vectors(Path folder, String name, int most) throws IOException {
    Path floats = folder.resolve(name + ".fvecs");
    if (Files.exists(floats)) {
      return Texmex.readFvecs(floats, most);
    }
    Path bytes = folder.resolve(name + ".bvecs");
    if (Files.exists(bytes)) {
      return Texmex.readBvecs(bytes, most);
    }
    throw new UsageException(
        String.format(
            Locale.ROOT, "--dataset: %s has neither %s.fvecs nor %s.bvecs", folder, name, name));
  }

  private static int rows(Path folder, int dimension) throws IOException {
    Path floats = folder.resolve("base.fvecs");
    boolean wide = Files.exists(floats);
    long bytes = Files.size(wide ? floats : folder.resolve("base.bvecs"));
    return Math.toIntExact(bytes / (Integer.BYTES + (wide ? Float.BYTES : 1L) * dimension));
  }
}
