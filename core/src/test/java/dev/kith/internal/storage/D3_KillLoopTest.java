package dev.kith.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.VectorIndexes;
import dev.kith.support.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that saves generation after generation is killed, again and again: the next one finds
 * the last generation whose save had returned, or the one that was being saved, whole. The tests of
 * other index types inherit this.
 */
@Tag("simd-only") // starts JVMs of its own: once is enough
public class D3_KillLoopTest {
  private static final int LONG_KILLS = 10_000;

  /** Acknowledgements that are waited for before the last moments of a process begin. */
  private static final int MOST_SAVES = 4;

  /** Longer than a save takes once a process has saved before. */
  private static final int LAST_MILLIS = 12;

  @TempDir private Path folder;

  /** A program that calls {@link KillLoopProgram#run}. */
  protected Class<?> program() {
    return KillLoopProgram.class;
  }

  /** Classes of the modules that the program needs besides core. */
  protected List<Class<?>> modules() {
    return List.of();
  }

  /** Processes killed in the short run. */
  protected int kills() {
    return 100;
  }

  @Test
  void whatWasAcknowledgedSurvivesAKill() throws Exception {
    Seeds.one(this::killAgainAndAgain);
  }

  private void killAgainAndAgain(SplittableRandom random) throws Exception {
    Path directory = folder.resolve("index");
    long acknowledged = 0;
    int inTheMiddle = 0;
    int kills = Boolean.getBoolean("kith.long") ? LONG_KILLS : kills();
    for (int kill = 1; kill <= kills; kill++) {
      try (TalkingJvm process = new TalkingJvm(program(), modules(), directory.toString())) {
        long found = number(process.hear(), KillLoopProgram.FOUND);
        assertThat(found)
            .as("the generation after kill %s", kill - 1)
            .isBetween(acknowledged, acknowledged + 1);
        inTheMiddle += found > acknowledged ? 1 : 0;
        acknowledged = found;
        for (int wait = random.nextInt(MOST_SAVES + 1); wait > 0; wait--) {
          assertThat(number(process.hear(), KillLoopProgram.SAVED)).isEqualTo(++acknowledged);
        }
        Thread.sleep(random.nextInt(LAST_MILLIS), random.nextInt(1_000_000));
        for (String line : complete(process.kill())) {
          assertThat(number(line, KillLoopProgram.SAVED)).isEqualTo(++acknowledged);
        }
      }
    }
    assertThat(VectorIndexes.check(directory).problems()).isEmpty();
    assertThat(acknowledged).as("saves that %s kills hit", kills).isGreaterThan(kills);
    System.out.printf(
        "%s: %,d kills, %,d saves, %,d kills between the commit and the acknowledgement%n",
        getClass().getSimpleName(), kills, acknowledged, inTheMiddle);
  }

  private static long number(String line, String verb) {
    assertThat(line).startsWith(verb).endsWith(KillLoopProgram.END);
    return Long.parseLong(line.substring(verb.length(), line.length() - 1));
  }

  private static List<String> complete(List<String> lines) {
    List<String> complete = new ArrayList<>(lines);
    complete.removeIf(line -> !line.endsWith(KillLoopProgram.END));
    return complete;
  }
}
