package dev.kith.internal.simd.panama;

import dev.kith.internal.simd.KernelSet;
import org.jspecify.annotations.Nullable;

/**
 * The kernels of the Vector API; found by reflection, so that nothing links to the incubator module
 * without it.
 */
public final class PanamaKernels {
  private PanamaKernels() {}

  /**
   * The kernels for the widest vectors of this CPU.
   *
   * @return null when its vectors are shorter than 128 bits
   */
  public static @Nullable KernelSet set() {
    if (Lanes.L < 4) {
      return null;
    }
    return new KernelSet(
        "panama-" + Lanes.SPECIES.vectorBitSize(),
        new PanamaDot(),
        new PanamaSquaredL2(),
        new PanamaMappedDot(),
        new PanamaMappedSquaredL2(),
        new PanamaCodes(),
        new PanamaBytes(),
        new PanamaPlanes(),
        new PanamaTransform());
  }
}
