/** The Vector API, used nowhere else: {@code Lanes} defines the shape, one class per kernel. */
@NullMarked
package dev.kith.internal.simd.panama;

import org.jspecify.annotations.NullMarked;
