package dev.kith.internal.simd;

import dev.kith.Hits;

/** A hash over bits: FNV-1a, 64 bits, an int at a time. */
final class Digest {
  private long hash = 0xCBF2_9CE4_8422_2325L;

  void bits(int value) {
    hash = (hash ^ (value & 0xFFFF_FFFFL)) * 0x100_0000_01B3L;
  }

  void floats(float[] values, int count) {
    for (int i = 0; i < count; i++) {
      bits(Float.floatToRawIntBits(values[i]));
    }
  }

  void hits(Hits hits) {
    for (int i = 0; i < hits.size(); i++) {
      bits((int) hits.id(i));
      bits((int) (hits.id(i) >>> 32));
      bits(Float.floatToRawIntBits(hits.distance(i)));
    }
  }

  @Override
  public String toString() {
    return Long.toHexString(hash);
  }
}
