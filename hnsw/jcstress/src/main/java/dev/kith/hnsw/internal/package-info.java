/** What readers may see while a writer publishes. */
@NullMarked
package dev.kith.hnsw.internal;

import org.jspecify.annotations.NullMarked;
