/**
 * Files: nothing else in the library touches them.
 *
 * <ul>
 *   <li>{@link dev.kith.internal.storage.Storage} is the seam to the file system that tests
 *       replace.
 *   <li>{@link dev.kith.internal.storage.IndexHome} saves an index: {@link
 *       dev.kith.internal.storage.PartWriter} takes its files, {@link
 *       dev.kith.internal.storage.FileWriter} frames each.
 *   <li>{@link dev.kith.internal.storage.StoredIndex} is a committed index to read, through {@link
 *       dev.kith.internal.storage.FileReader}; {@link dev.kith.internal.storage.DamagedFile} is for
 *       what is left of one.
 *   <li>{@link dev.kith.internal.storage.DataFile} is a plain file of vectors, no part of an index.
 *   <li>{@code Container} and {@code Manifest} know the layouts; docs/format describes them.
 * </ul>
 */
@NullMarked
package dev.kith.internal.storage;

import org.jspecify.annotations.NullMarked;
