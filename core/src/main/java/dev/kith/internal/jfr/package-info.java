/** Flight Recorder events: searches, bulk additions, saves and openings. */
@NullMarked
package dev.kith.internal.jfr;

import org.jspecify.annotations.NullMarked;
