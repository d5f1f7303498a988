/**
 * Fixtures for tests that use vector indexes.
 *
 * <ul>
 *   <li>{@link dev.kith.testkit.KithAssertions} asserts on indexes and hits in the manner of
 *       AssertJ: {@link dev.kith.testkit.VectorIndexAssert}, {@link dev.kith.testkit.SearchAssert}
 *       (recall, same answers), {@link dev.kith.testkit.HitsAssert}.
 *   <li>{@link dev.kith.testkit.TestVectors} makes small data sets of every awkward shape, each
 *       from a seed; {@link dev.kith.testkit.Seed} gives a test a fresh seed and tells it when the
 *       test fails.
 *   <li>{@link dev.kith.testkit.VectorIndexContract} is what every index type must pass. Its rows
 *       are in the {@code ...Rows} classes, a theme each, and {@code Model} is the oracle they
 *       compare with.
 *   <li>{@link dev.kith.testkit.ModelRun} plays as many random operations as there is time for;
 *       {@code ModelPlay} does them, {@code Shrinking} makes a failing list short.
 * </ul>
 *
 * <p>An exact index to test one's own code with is {@link dev.kith.flat.FlatIndex}; nothing needs
 * to be mocked.
 */
@NullMarked
package dev.kith.testkit;

import org.jspecify.annotations.NullMarked;
