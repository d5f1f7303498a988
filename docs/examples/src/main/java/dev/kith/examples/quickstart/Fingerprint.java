package dev.kith.examples.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of everything that an index was made from. If one part differs, so does {@link
 * #hex()}.
 */
final class Fingerprint {

  private final MessageDigest whole = sha256();

  /** Adds words. */
  Fingerprint add(String words) {
    return addPart(words.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds the content of a file, not its name or date. */
  Fingerprint add(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return add(content);
    }
  }

  /** Adds everything that a stream has to give. */
  Fingerprint add(InputStream content) throws IOException {
    MessageDigest part = sha256();
    byte[] buffer = new byte[1 << 16];
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      part.update(buffer, 0, read);
    }
    return addPart(part.digest());
  }

  /** Returns the fingerprint of what was added so far, as 64 hexadecimal digits. */
  String hex() {
    try {
      var soFar = (MessageDigest) whole.clone();
      return HexFormat.of().formatHex(soFar.digest());
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("every JDK's SHA-256 can be cloned", e);
    }
  }

  /** With its length in front, a part cannot be mistaken for the end of the one before. */
  private Fingerprint addPart(byte[] part) {
    whole.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
    whole.update(part);
    return this;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
