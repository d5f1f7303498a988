/** What readers may see while a writer publishes. */
@NullMarked
package dev.kith.internal.idmap;

import org.jspecify.annotations.NullMarked;
