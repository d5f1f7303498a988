package dev.kith.internal.simd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodeRowsTest {
  /** The cache lines that a row lies in, on average over all places it can stand at. */
  private static double lines(int longs, int stride) {
    int lines = 0;
    for (int row = 0; row < 8; row++) {
      int first = row * stride;
      lines += (first + longs - 1) / 8 - first / 8 + 1;
    }
    return lines / 8.0;
  }

  @Test
  void aRowLiesInNoMoreCacheLinesThanAPaddedOne() {
    for (int words = 1; words < 200; words++) {
      for (int extras = 1; extras <= 2; extras++) {
        int stride = (int) (CodeRows.bytes(words, extras, 1) / 8);
        double padded = lines(words + extras, (words + extras + 7) / 8 * 8);
        assertThat(lines(words + extras, stride)).as("%s + %s", words, extras).isEqualTo(padded);
        assertThat(stride).isGreaterThanOrEqualTo(new CodeRows(words, extras).length());
      }
    }
  }

  @Test
  void growingKeepsRowsAndLeavesTheOldArrangementAlone() {
    CodeRows small = new CodeRows(3, 2).withCapacity(5);
    for (int row = 0; row < 5; row++) {
      small.chunk(row)[small.offset(row)] = row + 1;
      small.chunk(row)[small.offset(row) + 4] = -row;
    }
    CodeRows large = small.withCapacity(1000);
    large.chunk(999)[large.offset(999) + 4] = 7;

    for (int row = 0; row < 5; row++) {
      assertThat(large.chunk(row)[large.offset(row)]).isEqualTo(row + 1);
      assertThat(large.chunk(row)[large.offset(row) + 4]).isEqualTo(-row);
    }
    assertThat(small.capacity()).isEqualTo(5);
    assertThat(large.withCapacity(10)).isSameAs(large);
    assertThat(large.bytes()).isEqualTo(CodeRows.bytes(3, 2, 1000)).isEqualTo(64_000);
  }

  @Test
  void rowsGoOnInFurtherArrays() {
    int words = 1 << 20;
    CodeRows rows = new CodeRows(words, 1).withCapacity(17);
    int perChunk = (1 << 24) / (words + 8);
    int inChunks = Integer.highestOneBit(perChunk);

    assertThat(rows.chunk(inChunks - 1)).isSameAs(rows.chunk(0));
    assertThat(rows.chunk(inChunks)).isNotSameAs(rows.chunk(0));
    assertThat(rows.offset(inChunks)).isEqualTo(rows.offset(0));
  }
}
