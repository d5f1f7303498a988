package dev.kith.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BruteForceTest {

  @Test
  void ordersRowsByAngleNotByLength() {
    float[][] rows = {{0, 1}, {9, 9}, {0.1f, 0}, {-1, 0}};
    assertThat(BruteForce.nearest(3, new float[][] {{1, 0}}, rows))
        .isDeepEqualTo(new long[][] {{2, 1, 0}});
  }

  @Test
  void ofEqualRowsTheFirstComesFirst() {
    float[][] rows = {{0, 1}, {1, 0}, {2, 0}};
    assertThat(BruteForce.nearest(5, new float[][] {{1, 0}}, rows))
        .isDeepEqualTo(new long[][] {{1, 2, 0}});
  }
}
