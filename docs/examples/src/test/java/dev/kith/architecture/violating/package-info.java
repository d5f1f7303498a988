/**
 * One deliberate violation per class, for {@code ArchitectureTest}; the packages mirror the
 * library's.
 */
package dev.kith.architecture.violating;
