package dev.kith.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  @Test
  void equalPartsGiveEqualFingerprints() throws IOException {
    assertThat(new Fingerprint().add("a").add(bytes("model")).hex())
        .isEqualTo(new Fingerprint().add("a").add(bytes("model")).hex())
        .matches("[0-9a-f]{64}");
  }

  @Test
  void everyPartItsOrderAndItsEndsCount() throws IOException {
    assertThat(new Fingerprint().add("a").add("b").hex())
        .isNotEqualTo(new Fingerprint().add("a").add("c").hex())
        .isNotEqualTo(new Fingerprint().add("b").add("a").hex())
        .isNotEqualTo(new Fingerprint().add("ab").hex())
        .isNotEqualTo(new Fingerprint().add("a").add("b").add("").hex());
    assertThat(new Fingerprint().add(bytes("model 1")).hex())
        .isNotEqualTo(new Fingerprint().add(bytes("model 2")).hex());
  }

  @Test
  void askingDoesNotChangeIt() {
    var fingerprint = new Fingerprint().add("a");
    assertThat(fingerprint.hex()).isEqualTo(fingerprint.hex());
  }

  private static ByteArrayInputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
