package dev.kith.internal.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.support.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The kernels of rows of codes give the same numbers as the scalar ones, and the right ones. */
class S0_RowCodeKernelsTest {
  private static final KernelSet[] SETS = {Kernels.active(), Kernels.scalar()};
  private static final int ROWS = 11;
  private static final long UNTOUCHED = 77;

  @Test
  void productsOfBytesAreExact() {
    Seeds.run(
        1,
        random -> {
          for (int dimension = 1; dimension <= 1100; dimension++) {
            RowCodes codes = RowCodes.bytes(random, ROWS, dimension);
            short[] even = new short[4 * codes.rows().length()];
            short[] odd = even.clone();
            byte[] query = RowCodes.someBytes(random, dimension);
            RowCodes.split(query, even, odd);
            int count = random.nextInt(10);
            int from = random.nextInt(3);
            int[] ordinals = PaddedRows.ordinals(random, from + count, ROWS);
            int[] expected = new int[count + 1];
            expected[count] = (int) UNTOUCHED;
            for (int i = 0; i < count; i++) {
              for (int c = 0; c < dimension; c++) {
                expected[i] += query[c] * codes.bytes(ordinals[from + i])[c];
              }
            }
            for (KernelSet set : SETS) {
              int[] products = new int[count + 1];
              products[count] = (int) UNTOUCHED;
              set.bytes().rows(even, odd, codes.rows(), ordinals, from, count, products);
              assertThat(products).as("%s of %s", set.name(), dimension).isEqualTo(expected);
            }
          }
        });
  }

  /** What stands behind a code, up to the end of its last group, is split as the code is. */
  @Test
  void aRowIsSplitIntoItsBytes() {
    Seeds.run(
        1,
        random -> {
          for (int words = 1; words <= 140; words++) {
            CodeRows rows = RowCodes.random(random, ROWS, words, 2).rows();
            int shorts = 4 * rows.length();
            int row = random.nextInt(ROWS);
            short[] expectedEven = new short[shorts + 1];
            short[] expectedOdd = new short[shorts + 1];
            expectedEven[shorts] = (short) UNTOUCHED;
            expectedOdd[shorts] = (short) UNTOUCHED;
            for (int i = 0; i < 2 * shorts; i++) {
              long word = rows.chunk(row)[rows.offset(row) + i / Long.BYTES];
              (i % 2 == 0 ? expectedEven : expectedOdd)[i / 2] =
                  (byte) (word >>> (Byte.SIZE * (i % Long.BYTES)));
            }
            for (KernelSet set : SETS) {
              short[] even = new short[shorts + 1];
              short[] odd = new short[shorts + 1];
              even[shorts] = (short) UNTOUCHED;
              odd[shorts] = (short) UNTOUCHED;
              set.bytes().split(rows, row, even, odd);
              assertThat(even)
                  .as("even, %s of %s words", set.name(), words)
                  .isEqualTo(expectedEven);
              assertThat(odd).as("odd, %s of %s words", set.name(), words).isEqualTo(expectedOdd);
            }
          }
        });
  }

  @Test
  void theLargestProductOfBytesFits() {
    int dimension = 65_536;
    byte[] most = new byte[dimension];
    Arrays.fill(most, (byte) -127);
    RowCodes codes = RowCodes.of(most);
    short[] even = new short[dimension / 2];
    Arrays.fill(even, (short) 127);
    for (KernelSet set : SETS) {
      int[] product = new int[1];
      set.bytes().rows(even, even, codes.rows(), new int[1], 0, 1, product);
      assertThat(product[0]).as(set.name()).isEqualTo(-127 * 127 * dimension);
    }
  }

  @Test
  void countsOfPlanesAreExact() {
    Seeds.run(
        1,
        random -> {
          int[] words = IntStream.range(0, 60).map(i -> 1 + i * i / 25).toArray();
          for (int ofCode : words) {
            for (int planeCount = 1; planeCount <= 9; planeCount++) {
              counts(random, ofCode, planeCount);
            }
          }
        });
  }

  private static void counts(SplittableRandom random, int words, int planeCount) {
    CodeRows rows = RowCodes.random(random, ROWS, words, 2).rows();
    int length = rows.length();
    long[] planes = random.longs((long) planeCount * length).toArray();
    long[] shifts = random.longs(length, 0, 8).toArray();
    int count = random.nextInt(10);
    int from = random.nextInt(3);
    int[] ordinals = PaddedRows.ordinals(random, from + count, ROWS);
    long[] expected = new long[count + 1];
    expected[count] = UNTOUCHED;
    for (int i = 0; i < count; i++) {
      int row = ordinals[from + i];
      for (int bit = 0; bit < length * Long.SIZE; bit++) {
        int k = bit / Long.SIZE;
        long ofRow = rows.chunk(row)[rows.offset(row) + k] >>> bit & 1;
        for (int j = 0; j < planeCount; j++) {
          long ofPlane = planes[j * length + k] >>> bit & 1;
          expected[i] += (ofRow ^ ofPlane) << (j + shifts[k]);
        }
      }
    }
    for (KernelSet set : SETS) {
      long[] counts = new long[count + 1];
      counts[count] = UNTOUCHED;
      set.planes().rows(planes, planeCount, shifts, rows, ordinals, from, count, counts);
      assertThat(counts)
          .as("%s of %s words, %s planes", set.name(), words, planeCount)
          .isEqualTo(expected);
    }
  }
}
