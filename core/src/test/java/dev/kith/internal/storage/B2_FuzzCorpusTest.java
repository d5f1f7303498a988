package dev.kith.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The inputs that a coverage-guided fuzzer has found worth keeping, each with every use. The tests
 * of other index types inherit this.
 */
@Tag("simd-only") // about bytes, not about kernels: once is enough
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public class B2_FuzzCorpusTest {
  /** The type name of the indexes that are tested. */
  protected String type() {
    return "flat";
  }

  @ParameterizedTest
  @ValueSource(strings = {"edits", "files"})
  void everyInputIsRefusedOrHarmless(String kind) throws IOException {
    String target = type() + "-" + kind;
    HostileBytes hostile = new HostileBytes(target);
    for (byte[] sound : hostile.seeds()) {
      assertThat(refused(hostile, sound, hostile.use(sound))).as("a sound index refused").isFalse();
    }
    List<byte[]> corpus = FuzzTarget.corpus(target);
    int refused = 0;
    for (byte[] input : corpus) {
      for (HostileUse use : HostileUse.values()) {
        refused += refused(hostile, input, use) ? 1 : 0;
      }
    }
    int uses = corpus.size() * HostileUse.values().length;
    System.out.printf(
        "%s: %,d inputs, %,d of %,d uses refused%n", target, corpus.size(), refused, uses);
    assertThat(refused).as("refused").isBetween(uses / 20, uses - uses / 20);
  }

  private static boolean refused(HostileBytes hostile, byte[] input, HostileUse use)
      throws IOException {
    try {
      return use.refused(hostile, input);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(use + ", input " + HexFormat.of().formatHex(input), e);
    }
  }
}
