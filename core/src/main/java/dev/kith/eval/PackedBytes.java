package dev.kith.eval;

import java.nio.ByteBuffer;

/** Rows of unsigned bytes, widened to float32 when they are copied. */
final class PackedBytes extends PackedVectors {
  private final byte[][] chunks;

  /** Makes rows of zeros, filled by {@link #set} before anybody else sees them. */
  PackedBytes(int size, int dimension) {
    super(size, dimension);
    chunks = new byte[chunks()][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = new byte[elements(i)];
    }
  }

  /** Takes a row from a buffer. */
  void set(int row, ByteBuffer buffer, int position) {
    buffer.get(position, chunks[chunk(row)], offset(row), dimension());
  }

  @Override
  void unpack(int chunk, int offset, float[] target) {
    byte[] bytes = chunks[chunk];
    for (int i = 0; i < target.length; i++) {
      target[i] = bytes[offset + i] & 0xFF;
    }
  }
}
