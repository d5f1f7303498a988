/**
 * How index modules plug in: {@link dev.kith.spi.IndexProvider}. Exported to Kith's own modules
 * only; an index type of somebody else's would need the storage layer, which is not a promise yet.
 */
@NullMarked
package dev.kith.spi;

import org.jspecify.annotations.NullMarked;
