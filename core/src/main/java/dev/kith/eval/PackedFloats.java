package dev.kith.eval;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** Rows of float32. */
final class PackedFloats extends PackedVectors {
  private final float[][] chunks;

  /** Makes rows of zeros, filled by {@link #set} before anybody else sees them. */
  PackedFloats(int size, int dimension) {
    super(size, dimension);
    chunks = new float[chunks()][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = new float[elements(i)];
    }
  }

  /** Takes a row from a little-endian buffer, starting at a byte that is a multiple of four. */
  void set(int row, ByteBuffer buffer, int position) {
    FloatBuffer floats = buffer.asFloatBuffer();
    floats.get(position / Float.BYTES, chunks[chunk(row)], offset(row), dimension());
  }

  @Override
  void unpack(int chunk, int offset, float[] target) {
    System.arraycopy(chunks[chunk], offset, target, 0, target.length);
  }
}
