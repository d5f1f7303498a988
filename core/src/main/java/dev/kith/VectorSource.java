package dev.kith;

/**
 * Vectors with their ids, by position: what {@link MutableVectorIndex#addAll} reads.
 *
 * <p>Concurrency: an index may call {@link #id} and {@link #copy} from several threads at once and
 * more than once for a row; both must give the same answer each time until {@code addAll} returns.
 * Sources made by the static methods read the caller's arrays in place: do not change them
 * meanwhile.
 */
public interface VectorSource {
  /**
   * The number of rows.
   *
   * @return zero or more
   */
  int size();

  /**
   * The id of a row.
   *
   * @param row from 0 to {@code size() - 1}
   * @return any long
   */
  long id(int row);

  /**
   * Copies a row.
   *
   * @param row from 0 to {@code size() - 1}
   * @param target receives the row; its length is the dimension the reader expects
   * @throws IllegalArgumentException if the row has another dimension than {@code target.length}
   */
  void copy(int row, float[] target);

  /**
   * Rows of an array, with ids.
   *
   * @param ids the ids, one per vector
   * @param vectors the vectors, all of the same length
   * @return a source that reads the arrays in place
   * @throws IllegalArgumentException if the numbers of ids and vectors differ
   */
  static VectorSource of(long[] ids, float[][] vectors) {
    return new ArraySource(ids, vectors);
  }

  /**
   * Rows of an array whose ids are their positions, 0 to {@code vectors.length - 1}.
   *
   * @param vectors the vectors, all of the same length
   * @return a source that reads the array in place
   */
  static VectorSource of(float[][] vectors) {
    return new ArraySource(null, vectors);
  }
}
