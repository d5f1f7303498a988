package dev.kith.internal.rows;

import dev.kith.encoding.EncodedVectors;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Rows in a mapped file. An id is found by binary search in the rows sorted by id.
 *
 * @param count rows, all alive
 * @param idByRow a long for each row
 * @param order rows as ints, by ascending id
 * @param vectors their vectors
 */
public record MappedRows(
    int count, MemorySegment idByRow, MemorySegment order, EncodedVectors vectors) implements Rows {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @Override
  public int limit() {
    return count;
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public long[] ids() {
    return idByRow.toArray(LONG);
  }

  @Override
  public long alive(int word) {
    int rest = count - (word << 6);
    return rest >= 64 ? -1L : (1L << rest) - 1;
  }

  @Override
  public long id(int row) {
    return idByRow.getAtIndex(LONG, row);
  }

  @Override
  public int row(long id) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int row = order.getAtIndex(INT, middle);
      if (row < 0 || row >= count) {
        return -1; // damage that only a check of the checksums reports
      }
      long found = id(row);
      if (found == id) {
        return row;
      }
      if (found < id) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** The file's ids have not been verified to be distinct. */
  @Override
  public boolean replacedMeanwhile() {
    return true;
  }

  @Override
  public boolean current(long id, int row) {
    return true;
  }
}
