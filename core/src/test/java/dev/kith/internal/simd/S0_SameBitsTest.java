package dev.kith.internal.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Metric;
import dev.kith.support.Seeds;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every face of the kernels of this JVM, and of the scalar ones, gives the bits of the definition.
 * {@link S0_SameBitsInEveryJvmTest} compares JVMs.
 */
class S0_SameBitsTest {
  private static final KernelSet[] SETS = {Kernels.active(), Kernels.scalar()};
  private static final float UNTOUCHED = 123.25f;

  private static int[] dimensions() {
    int[] larger = {255, 256, 257, 383, 384, 511, 512, 513, 768, 784, 1000, 1024, 1099, 1100};
    return IntStream.concat(IntStream.rangeClosed(1, 200), Arrays.stream(larger)).toArray();
  }

  @ParameterizedTest
  @EnumSource
  void pairsGiveTheBitsOfTheDefinitionAtAnyOffset(Operation operation) {
    Seeds.run(
        1,
        random -> {
          for (int dimension : dimensions()) {
            for (FloatKind kind : FloatKind.values()) {
              float[] a = kind.vector(random, dimension);
              float[] b = kind.vector(random, dimension);
              int aOffset = random.nextInt(20);
              int bOffset = random.nextInt(20);
              for (KernelSet set : SETS) {
                float value =
                    operation
                        .heap(set)
                        .pair(
                            PaddedRows.padded(a, aOffset),
                            aOffset,
                            PaddedRows.padded(b, bOffset),
                            bOffset,
                            FloatRows.padded(dimension));
                String what = set.name() + " " + kind + " of dimension " + dimension;
                assertSameBits(what, value, operation.oracle(a, b));
              }
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void sumsBeyondTheLargestFloatAreInfiniteInEveryKernel(Operation operation) {
    float[] a = new float[40];
    float[] b = new float[40];
    Arrays.fill(a, 3e38f);
    Arrays.fill(b, operation == Operation.DOT ? 2f : -3e38f);

    for (KernelSet set : SETS) {
      float value = operation.heap(set).pair(PaddedRows.padded(a), 0, PaddedRows.padded(b), 0, 48);
      assertThat(value).as(set.name()).isEqualTo(Float.POSITIVE_INFINITY);
    }
  }

  @ParameterizedTest
  @EnumSource
  void batchesOfRowsGiveTheBitsOfTheDefinition(Operation operation) {
    Seeds.run(
        2,
        random -> {
          for (int dimension : dimensions()) {
            Batch batch = new Batch(random, dimension);
            float[] query = PaddedRows.padded(batch.query);
            FloatRows rows = PaddedRows.heap(batch.vectors);
            for (KernelSet set : SETS) {
              float[] out = filled(batch.count + 3);
              operation.heap(set).rows(query, rows, batch.ordinals, batch.from, batch.count, out);
              batch.check(operation, set, out);
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void batchesOfMappedRowsGiveTheBitsOfTheDefinition(Operation operation) {
    Seeds.run(
        2,
        random -> {
          for (int dimension : dimensions()) {
            Batch batch = new Batch(random, dimension);
            float[] query = PaddedRows.padded(batch.query);
            try (Arena arena = Arena.ofShared()) {
              MappedFloatRows rows = PaddedRows.mapped(arena, batch.vectors, random.nextInt(9));
              for (KernelSet set : SETS) {
                float[] out = filled(batch.count + 3);
                operation
                    .mapped(set)
                    .rows(query, rows, batch.ordinals, batch.from, batch.count, out);
                batch.check(operation, set, out);
              }
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void tilesGiveTheBitsOfTheDefinitionWhateverRemains(Operation operation) {
    Seeds.run(
        1,
        random -> {
          for (int dimension : dimensions()) {
            FloatKind kind = FloatKind.any(random);
            float[][] queries = kind.vectors(random, random.nextInt(1, 9), dimension);
            float[][] vectors = kind.vectors(random, 12, dimension);
            int count = random.nextInt(14);
            int[] ordinals = PaddedRows.ordinals(random, count + 2, vectors.length);
            FloatRows rows = PaddedRows.heap(vectors);
            for (KernelSet set : SETS) {
              float[] out = filled(queries.length * count + 3);
              operation
                  .heap(set)
                  .tile(PaddedRows.tile(queries), queries.length, rows, ordinals, count, out);
              for (int i = 0; i < queries.length * count; i++) {
                String what =
                    "%s %s %d queries, %d rows of dimension %d, value %d"
                        .formatted(set.name(), kind, queries.length, count, dimension, i);
                float[] row = vectors[ordinals[i % count]];
                assertSameBits(what, out[i], operation.oracle(queries[i / count], row));
              }
              assertUntouched(out, queries.length * count);
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void everyScorerOfFloat32VectorsGivesTheBitsOfTheDefinition(Metric metric) {
    Seeds.run(
        1,
        random -> {
          for (int dimension = 1; dimension <= 1100; dimension += 1 + dimension / 8) {
            try (Float32Faces faces = new Float32Faces(random, dimension, metric)) {
              faces.check();
            }
          }
        });
  }

  static void assertSameBits(String what, float value, float expected) {
    if (Float.floatToRawIntBits(value) != Float.floatToRawIntBits(expected)) {
      throw new AssertionError(what + ": " + value + ", by the definition " + expected);
    }
  }

  private static float[] filled(int length) {
    float[] out = new float[length];
    Arrays.fill(out, UNTOUCHED);
    return out;
  }

  private static void assertUntouched(float[] out, int from) {
    for (int i = from; i < out.length; i++) {
      assertThat(out[i]).as("beyond the values").isEqualTo(UNTOUCHED);
    }
  }

  /** A query and a batch of rows, from some position of an array of ordinals on. */
  private static final class Batch {
    private final FloatKind kind;
    private final float[] query;
    private final float[][] vectors;
    private final int[] ordinals;
    private final int from;
    private final int count;

    Batch(SplittableRandom random, int dimension) {
      kind = FloatKind.any(random);
      query = kind.vector(random, dimension);
      vectors = kind.vectors(random, 12, dimension);
      from = random.nextInt(6);
      count = random.nextInt(14);
      ordinals = PaddedRows.ordinals(random, from + count + 2, vectors.length);
    }

    void check(Operation operation, KernelSet set, float[] out) {
      for (int i = 0; i < count; i++) {
        String what =
            "%s %s row %d of %d of dimension %d"
                .formatted(set.name(), kind, i, count, query.length);
        assertSameBits(what, out[i], operation.oracle(query, vectors[ordinals[from + i]]));
      }
      assertUntouched(out, count);
    }
  }
}
