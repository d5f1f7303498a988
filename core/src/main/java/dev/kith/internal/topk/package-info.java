/** Selection of the best candidates: {@link dev.kith.internal.topk.TopK}. */
@NullMarked
package dev.kith.internal.topk;

import org.jspecify.annotations.NullMarked;
