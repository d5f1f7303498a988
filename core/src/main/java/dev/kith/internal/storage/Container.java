package dev.kith.internal.storage;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The frame that every file has: header, table of sections, sections, footer. Little-endian;
 * described in docs/format/container.md.
 */
final class Container {
  /** {@code KITHFILE} read as a little-endian long. */
  static final long MAGIC = 0x454C_4946_4854_494BL;

  static final int HEADER_BYTES = 64;
  static final int ENTRY_BYTES = 24;
  static final int FOOTER_BYTES = 16;
  static final int ALIGNMENT = 64;

  /** The length of a file without sections; none is shorter. */
  static final int EMPTY_BYTES = HEADER_BYTES + FOOTER_BYTES;

  /** More sections than any file has; a count is checked against it before it is believed. */
  static final int MAX_SECTIONS = 64;

  // offsets in the header
  static final int MAGIC_AT = 0;
  static final int TYPE_AT = 8;
  static final int VERSION_AT = 12;
  static final int GENERATION_AT = 16;
  static final int SECTIONS_AT = 24;

  // offsets in an entry of the section table
  static final int ENTRY_ID_AT = 0;
  static final int ENTRY_OFFSET_AT = 8;
  static final int ENTRY_LENGTH_AT = 16;

  // offsets in the footer
  static final int LENGTH_AT = 0;
  static final int ZERO_AT = 8;
  static final int CRC_AT = 12;

  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Container() {}

  static long align(long offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Where the first section starts. */
  static long firstSection(int sections) {
    return align(HEADER_BYTES + (long) sections * ENTRY_BYTES);
  }
}
