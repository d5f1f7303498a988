/**
 * How threads meet: {@link dev.kith.internal.concurrent.Epochs} lets a writer know when searches
 * have ended, {@link dev.kith.internal.concurrent.Parallel} spreads bulk work, {@link
 * dev.kith.internal.concurrent.Deadline} stops searches and {@link
 * dev.kith.internal.concurrent.Pool} lends scratch space to them.
 */
@NullMarked
package dev.kith.internal.concurrent;

import org.jspecify.annotations.NullMarked;
