package dev.kith;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bytes of an index, part by part: an estimate before it is built, or a measurement of what it
 * holds.
 *
 * @param parts bytes per part in the order in which they matter, for example {@code rows}, {@code
 *     ids}
 */
public record Footprint(Map<String, Long> parts) {
  /**
   * Copies the parts, keeping their order.
   *
   * @param parts bytes per part, none negative
   */
  public Footprint {
    parts.forEach(
        (part, bytes) -> {
          if (bytes < 0) {
            throw new IllegalArgumentException("parts: " + part + " has " + bytes + " bytes");
          }
        });
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /**
   * The sum of all parts.
   *
   * @return bytes
   */
  public long totalBytes() {
    return parts.values().stream().mapToLong(Long::longValue).sum();
  }
}
