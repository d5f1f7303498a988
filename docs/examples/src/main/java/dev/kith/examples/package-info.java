/** Examples that the documentation quotes; compiled and run by the build. */
@NullMarked
package dev.kith.examples;

import org.jspecify.annotations.NullMarked;
