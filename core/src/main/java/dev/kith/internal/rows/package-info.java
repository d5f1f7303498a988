/**
 * Rows with ids and float32 vectors, shared by every index that keeps full vectors.
 *
 * <ul>
 *   <li>{@link dev.kith.internal.rows.Rows}: what a search sees; {@link
 *       dev.kith.internal.rows.TableRows} in memory, {@link dev.kith.internal.rows.MappedRows} in a
 *       file.
 *   <li>{@link dev.kith.internal.rows.ExactScan} and {@link dev.kith.internal.rows.TopHits}: the
 *       exact answer to one request.
 *   <li>{@link dev.kith.internal.rows.RowSections} and {@link dev.kith.internal.rows.RowReader}:
 *       their bytes.
 * </ul>
 */
@NullMarked
package dev.kith.internal.rows;

import org.jspecify.annotations.NullMarked;
