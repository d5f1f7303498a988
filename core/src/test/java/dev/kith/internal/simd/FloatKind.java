package dev.kith.internal.simd;

import java.util.SplittableRandom;

/** Kinds of floats that a kernel may treat differently; made of integers, the same everywhere. */
enum FloatKind {
  /** Between -1 and 1. */
  UNIT {
    @Override
    float next(SplittableRandom random) {
      return (random.nextInt() >> 7) * 0x1p-24f;
    }
  },
  /** Products of two are subnormal. */
  TINY {
    @Override
    float next(SplittableRandom random) {
      return UNIT.next(random) * 0x1p-66f;
    }
  },
  /** Subnormal themselves; products of two are zero, of either sign. */
  SUBNORMAL {
    @Override
    float next(SplittableRandom random) {
      return Float.intBitsToFloat(random.nextInt() & 0x807F_FFFF);
    }
  },
  /** Sums of a thousand squares are just below infinity. */
  HUGE {
    @Override
    float next(SplittableRandom random) {
      return UNIT.next(random) * 0x1p57f;
    }
  },
  /** Zeros of both signs, ones of both signs. */
  ZEROS {
    @Override
    float next(SplittableRandom random) {
      return switch (random.nextInt(6)) {
        case 0 -> 1f;
        case 1 -> -1f;
        case 2, 3 -> 0f;
        default -> -0f;
      };
    }
  },
  /** Exponents over 120 binary places: the order of additions matters most. */
  WIDE {
    @Override
    float next(SplittableRandom random) {
      return Math.scalb(UNIT.next(random), random.nextInt(120) - 60);
    }
  };

  abstract float next(SplittableRandom random);

  final float[] vector(SplittableRandom random, int length) {
    float[] vector = new float[length];
    for (int i = 0; i < length; i++) {
      vector[i] = next(random);
    }
    return vector;
  }

  final float[][] vectors(SplittableRandom random, int count, int length) {
    float[][] vectors = new float[count][];
    for (int i = 0; i < count; i++) {
      vectors[i] = vector(random, length);
    }
    return vectors;
  }

  static FloatKind any(SplittableRandom random) {
    return values()[random.nextInt(values().length)];
  }
}
