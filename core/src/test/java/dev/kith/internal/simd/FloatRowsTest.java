package dev.kith.internal.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.support.Seeds;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FloatRowsTest {
  @Test
  void rowsGrowWithoutLosingWhatTheyHold() {
    Seeds.run(
        20,
        random -> {
          int dimension = random.nextInt(1, 70);
          float[][] vectors = FloatKind.UNIT.vectors(random, 60, dimension);
          FloatRows rows = new FloatRows(dimension);
          for (int i = 0; i < vectors.length; i++) {
            rows = rows.withCapacity(Math.max(rows.capacity(), i + random.nextInt(1, 5)));
            rows.set(i, vectors[i]);
          }
          for (int i = 0; i < vectors.length; i++) {
            float[] copy = new float[dimension];
            rows.copy(i, copy);
            assertThat(copy).isEqualTo(vectors[i]);
          }
        });
  }

  @Test
  void anOlderArrangementKeepsItsRows() {
    FloatRows small = new FloatRows(3).withCapacity(2);
    small.set(1, new float[] {1, 2, 3});
    FloatRows large = small.withCapacity(100);
    large.set(99, new float[] {4, 5, 6});

    float[] copy = new float[3];
    small.copy(1, copy);
    assertThat(copy).containsExactly(1, 2, 3);
    large.copy(1, copy);
    assertThat(copy).containsExactly(1, 2, 3);
    assertThat(small.capacity()).isEqualTo(2);
    assertThat(large.withCapacity(50)).isSameAs(large);
  }

  @Test
  void rowsArePaddedWithZerosAndStartAtACacheLine() {
    FloatRows rows = new FloatRows(17).withCapacity(3);
    float[] vector = new float[17];
    Arrays.fill(vector, 1f);
    for (int i = 0; i < 3; i++) {
      rows.set(i, vector);
      assertThat((16 + 4 * rows.offset(i)) % 64).as("bytes from the object's start").isZero();
      assertThat(Arrays.copyOfRange(rows.chunk(i), rows.offset(i) + 17, rows.offset(i) + 32))
          .containsOnly(0f);
    }
    assertThat(rows.stride()).isEqualTo(32);
    assertThat(FloatRows.bytes(17, 3)).isEqualTo(3 * 32 * 4);
  }

  @Test
  void rowsBeyondOneArrayGoToTheNext() {
    int perArray = (1 << 25) / 65_536;
    float[] vector = new float[65_536];
    vector[65_535] = 9f;
    FloatRows rows = new FloatRows(65_536).withCapacity(perArray + 1);
    rows.set(perArray - 1, vector);
    rows.set(perArray, vector);

    assertThat(rows.chunk(perArray)).isNotSameAs(rows.chunk(perArray - 1));
    assertThat(rows.offset(perArray)).isEqualTo(FloatRows.BASE);
    int[] ordinals = {0, perArray - 1, perArray, perArray, 0};
    for (KernelSet set : new KernelSet[] {Kernels.active(), Kernels.scalar()}) {
      float[] out = new float[5];
      set.dot().rows(vector, rows, ordinals, 0, 5, out);
      assertThat(out).containsExactly(0, 81, 81, 81, 0);
    }
  }
}
