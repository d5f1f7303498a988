package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SeedTest {
  @Test
  void failureTellsTheSeedThatRepeatsIt() {
    String given = System.getProperty(SeedExtension.PROPERTY);
    try {
      System.clearProperty(SeedExtension.PROPERTY);
      List<Throwable> failures = run();
      long seed = Unlucky.seeds.getFirst();
      assertThat(Unlucky.seeds).containsExactly(seed, seed);
      assertThat(failures).hasSize(1);
      assertThat(failures.getFirst()).hasMessage("bad luck");
      assertThat(failures.getFirst().getSuppressed())
          .extracting(Throwable::getMessage)
          .containsExactly("repeat with -Dkith.seed=" + seed);

      run();
      assertThat(Unlucky.seeds).as("another run takes another seed").doesNotContain(seed);

      System.setProperty(SeedExtension.PROPERTY, Long.toString(seed));
      run();
      assertThat(Unlucky.seeds).containsExactly(seed, seed);
    } finally {
      if (given == null) {
        System.clearProperty(SeedExtension.PROPERTY);
      } else {
        System.setProperty(SeedExtension.PROPERTY, given);
      }
    }
  }

  private static List<Throwable> run() {
    Unlucky.seeds.clear();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Unlucky.class)).build(),
            listener);
    return listener.getSummary().getFailures().stream()
        .map(failure -> failure.getException())
        .toList();
  }

  /** Fails always; only launched from here. */
  static final class Unlucky {
    static final List<Long> seeds = new ArrayList<>();

    @Test
    void fails(@Seed long seed, @Seed long sameSeed) {
      seeds.add(seed);
      seeds.add(sameSeed);
      throw new AssertionError("bad luck");
    }
  }
}
