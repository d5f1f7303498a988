package dev.kith.internal.simd;

/** Transforms without the Vector API: the definition that others are held against. */
final class ScalarTransformKernel implements TransformKernel {
  @Override
  public void hadamard(float[] vector, int from, int count) {
    for (int distance = 1; distance < count; distance <<= 1) {
      for (int start = from; start < from + count; start += 2 * distance) {
        for (int i = start; i < start + distance; i++) {
          float a = vector[i];
          float b = vector[i + distance];
          vector[i] = a + b;
          vector[i + distance] = a - b;
        }
      }
    }
  }

  @Override
  public void multiply(float[] vector, float[] by) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= by[i];
    }
  }

  @Override
  public float largest(float[] vector) {
    float largest = 0;
    for (float component : vector) {
      largest = Math.max(largest, Math.abs(component));
    }
    return largest;
  }

  @Override
  public void mixHalves(float[] vector, int half, float scale) {
    for (int i = 0; i < half; i++) {
      float a = vector[i];
      float b = vector[i + half];
      vector[i] = (a + b) * scale;
      vector[i + half] = (a - b) * scale;
    }
  }
}
