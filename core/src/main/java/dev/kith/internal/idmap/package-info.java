/**
 * Ids and rows: {@link dev.kith.internal.idmap.IdMap} finds the row of an id without locks, {@link
 * dev.kith.internal.idmap.RowTable} says which rows are alive and when a row may be used again.
 */
@NullMarked
package dev.kith.internal.idmap;

import org.jspecify.annotations.NullMarked;
