/**
 * The command line of saved indexes.
 *
 * <ul>
 *   <li>{@code Main} takes the arguments and picks the command.
 *   <li>{@code CheckCommand} verifies an index, {@code RecallProbe} searches for some of its own
 *       vectors.
 *   <li>{@code InfoCommand} says what an index is.
 *   <li>{@code ExportCommand} writes ids and vectors to files, from a damaged index those that are
 *       left.
 * </ul>
 */
@NullMarked
package dev.kith.cli;

import org.jspecify.annotations.NullMarked;
