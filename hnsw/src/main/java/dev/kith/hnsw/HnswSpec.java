package dev.kith.hnsw;

import dev.kith.IndexSpec;
import dev.kith.hnsw.internal.GraphParameters;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The description of a graph index in a spec: {@code HNSW32}, as in FAISS the number being m, with
 * {@code efc=}, {@code rows=}, {@code codes=} and {@code seed=} where they are not the defaults.
 */
final class HnswSpec {
  private static final Pattern TEXT =
      Pattern.compile(
          "HNSW(\\d{0,4})(?:,efc=(\\d{1,6}))?(?:,rows=(\\d))?(?:,codes=(\\d))?(?:,seed=(\\d{1,20}))?");

  private HnswSpec() {}

  static boolean matches(IndexSpec spec) {
    return TEXT.matcher(spec.text()).matches();
  }

  static HnswConfig config(IndexSpec spec) {
    Matcher text = TEXT.matcher(spec.text());
    if (!text.matches()) {
      throw new IllegalArgumentException(
          "spec: \""
              + spec.text()
              + "\", expected HNSW<m>[,efc=<n>][,rows=<bits>][,codes=<bits>][,seed=<n>]");
    }
    HnswConfig.Builder builder = HnswConfig.builder(spec.dimension(), spec.metric());
    String m = text.group(1);
    String efConstruction = text.group(2);
    String rowBits = text.group(3);
    String codeBits = text.group(4);
    String seed = text.group(5);
    if (m != null && !m.isEmpty()) {
      builder.m(Integer.parseInt(m));
    }
    if (efConstruction != null) {
      builder.efConstruction(Integer.parseInt(efConstruction));
    }
    if (rowBits != null) {
      builder.rowBits(Integer.parseInt(rowBits));
    }
    if (codeBits != null) {
      builder.codeBits(Integer.parseInt(codeBits));
    }
    if (seed != null) {
      builder.seed(seed(seed));
    }
    return builder.build();
  }

  private static long seed(String text) {
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("seed: " + text + ", expected 0 to 2^64 - 1", e);
    }
  }

  static IndexSpec of(GraphParameters parameters) {
    StringBuilder text = new StringBuilder("HNSW").append(parameters.m());
    if (parameters.efConstruction() != HnswConfig.DEFAULT_EF_CONSTRUCTION) {
      text.append(",efc=").append(parameters.efConstruction());
    }
    if (parameters.rowBits() != HnswConfig.DEFAULT_ROW_BITS) {
      text.append(",rows=").append(parameters.rowBits());
    }
    if (parameters.codeBits() != HnswConfig.DEFAULT_CODE_BITS) {
      text.append(",codes=").append(parameters.codeBits());
    }
    if (parameters.seed() != HnswConfig.DEFAULT_SEED) {
      text.append(",seed=").append(Long.toUnsignedString(parameters.seed()));
    }
    return new IndexSpec(text.toString(), parameters.dimension(), parameters.metric());
  }
}
