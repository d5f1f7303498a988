package dev.kith;

import java.util.Objects;

/**
 * The description of an index in one line, as FAISS has it: {@code Flat}, parts separated by
 * commas.
 *
 * <p>{@link VectorIndexes#create} makes an empty index of it; {@link VectorIndex#spec()} gives it
 * back. Specs are equal when text, dimension and metric are.
 *
 * @param text the description, for example {@code Flat}
 * @param dimension components of every vector, 1 to 65,536
 * @param metric how distances are measured
 */
public record IndexSpec(String text, int dimension, Metric metric) {
  /** The largest dimension any index takes. */
  public static final int MAX_DIMENSION = 65_536;

  /**
   * Checks the shape of the description; whether an index of that kind exists is known when it is
   * created.
   *
   * @param text parts of letters, digits and {@code _ . =}, separated by single commas
   * @param dimension components of every vector, 1 to 65,536
   * @param metric how distances are measured
   * @throws IllegalArgumentException if the text has an empty part or another character, or the
   *     dimension is out of range
   */
  public IndexSpec {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(metric, "metric");
    checkDimension(dimension);
    int partStart = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      if (c == ',') {
        if (i == partStart) {
          throw new IllegalArgumentException(
              "text: \"" + text + "\" has an empty part at character " + i);
        }
        partStart = i + 1;
      } else if (!allowed(c)) {
        throw new IllegalArgumentException(
            "text: \"" + text + "\" has '" + c + "' at character " + i);
      }
    }
  }

  private static boolean allowed(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || "_.=".indexOf(c) >= 0;
  }

  /**
   * Reads a description.
   *
   * @param text the description, for example {@code Flat}
   * @param dimension components of every vector, 1 to 65,536
   * @param metric how distances are measured
   * @return the spec
   * @throws IllegalArgumentException if the text is malformed or the dimension out of range
   */
  public static IndexSpec parse(String text, int dimension, Metric metric) {
    return new IndexSpec(text, dimension, metric);
  }

  /**
   * Checks a dimension.
   *
   * @param dimension components of every vector
   * @return the dimension
   * @throws IllegalArgumentException if it is not within 1 to 65,536
   */
  public static int checkDimension(int dimension) {
    if (dimension < 1 || dimension > MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "dimension: " + dimension + ", expected 1 to " + MAX_DIMENSION);
    }
    return dimension;
  }

  @Override
  public String toString() {
    return text + " (" + dimension + " dimensions, " + metric + ")";
  }
}
