/** What readers may see while a writer publishes. */
@NullMarked
package dev.kith.internal.concurrent;

import org.jspecify.annotations.NullMarked;
