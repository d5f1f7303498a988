/**
 * Float kernels: the only arithmetic on vectors.
 *
 * <ul>
 *   <li>{@link dev.kith.internal.simd.Kernels} picks a {@link dev.kith.internal.simd.KernelSet}
 *       once.
 *   <li>{@link dev.kith.internal.simd.FloatKernel} works on {@link
 *       dev.kith.internal.simd.FloatRows}, its twin {@link
 *       dev.kith.internal.simd.MappedFloatKernel} on {@link
 *       dev.kith.internal.simd.MappedFloatRows}.
 *   <li>{@code ScalarLanes} is the definition; the package {@code panama} holds the SIMD code.
 * </ul>
 */
@NullMarked
package dev.kith.internal.simd;

import org.jspecify.annotations.NullMarked;
