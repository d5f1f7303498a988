package dev.kith.internal.simd;

/**
 * All kernels of one way of computing.
 *
 * @param name for logs and reports, such as {@code scalar} or {@code panama-512}
 * @param dot inner products of rows on the heap
 * @param squaredL2 squared Euclidean distances of rows on the heap
 * @param mappedDot inner products of rows in a mapped file
 * @param mappedSquaredL2 squared Euclidean distances of rows in a mapped file
 * @param codes estimates from 1-bit codes
 * @param bytes inner products of rows of bytes
 * @param planes counts of rows of bit planes
 * @param transforms the parts of a fast rotation
 */
public record KernelSet(
    String name,
    FloatKernel dot,
    FloatKernel squaredL2,
    MappedFloatKernel mappedDot,
    MappedFloatKernel mappedSquaredL2,
    CodeKernel codes,
    ByteKernel bytes,
    PlaneKernel planes,
    TransformKernel transforms) {
  /** Plain Java. */
  static KernelSet scalar() {
    return new KernelSet(
        "scalar",
        ScalarKernel.DOT,
        ScalarKernel.SQUARED_L2,
        ScalarKernel.DOT,
        ScalarKernel.SQUARED_L2,
        new ScalarCodeKernel(),
        new ScalarByteKernel(),
        new ScalarPlaneKernel(),
        new ScalarTransformKernel());
  }
}
