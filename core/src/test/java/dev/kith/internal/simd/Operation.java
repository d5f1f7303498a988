package dev.kith.internal.simd;

import dev.kith.Metric;

/** The operations of a kernel set, and what each metric makes of them. */
enum Operation {
  DOT {
    @Override
    FloatKernel heap(KernelSet kernels) {
      return kernels.dot();
    }

    @Override
    MappedFloatKernel mapped(KernelSet kernels) {
      return kernels.mappedDot();
    }
  },
  SQUARED_L2 {
    @Override
    FloatKernel heap(KernelSet kernels) {
      return kernels.squaredL2();
    }

    @Override
    MappedFloatKernel mapped(KernelSet kernels) {
      return kernels.mappedSquaredL2();
    }
  };

  abstract FloatKernel heap(KernelSet kernels);

  abstract MappedFloatKernel mapped(KernelSet kernels);

  /** The value of two vectors by the definition: plain Java over padded copies. */
  final float oracle(float[] a, float[] b) {
    float[] left = PaddedRows.padded(a);
    float[] right = PaddedRows.padded(b);
    return heap(Kernels.scalar()).pair(left, 0, right, 0, left.length);
  }

  /** The distance of two vectors by the definition. */
  static float distance(Metric metric, float[] a, float[] b) {
    return switch (metric) {
      case L2 -> SQUARED_L2.oracle(a, b);
      case INNER_PRODUCT -> 0f - DOT.oracle(a, b);
      case COSINE -> {
        double inverse = 1 / Math.sqrt(DOT.oracle(a, a));
        double other = 1 / Math.sqrt(DOT.oracle(b, b));
        float cosine = (float) (DOT.oracle(a, b) * (inverse * other));
        yield Math.min(2f, Math.max(0f, 1f - cosine));
      }
    };
  }
}
