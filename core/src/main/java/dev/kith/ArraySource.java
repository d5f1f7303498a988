package dev.kith;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows of a two-dimensional array; without ids the row number is the id. */
final class ArraySource implements VectorSource {
  private final long @Nullable [] ids;
  private final float[][] vectors;

  ArraySource(long @Nullable [] ids, float[][] vectors) {
    Objects.requireNonNull(vectors, "vectors");
    if (ids != null && ids.length != vectors.length) {
      throw new IllegalArgumentException(
          "ids: " + ids.length + " ids for " + vectors.length + " vectors");
    }
    this.ids = ids;
    this.vectors = vectors;
  }

  @Override
  public int size() {
    return vectors.length;
  }

  @Override
  public long id(int row) {
    return ids == null ? Objects.checkIndex(row, vectors.length) : ids[row];
  }

  @Override
  public void copy(int row, float[] target) {
    float[] vector = vectors[row];
    if (vector == null) {
      throw new IllegalArgumentException("the vector is null");
    }
    if (vector.length != target.length) {
      throw new IllegalArgumentException(
          "the vector has dimension " + vector.length + ", expected " + target.length);
    }
    System.arraycopy(vector, 0, target, 0, target.length);
  }
}
