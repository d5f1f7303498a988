package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * A contract that cannot fail proves nothing: every {@link Mutant} and {@link SaveMutant} fails the
 * row that is meant for it.
 */
class ContractFailsTest {
  @ParameterizedTest
  @EnumSource
  void mutantIsNoticed(Mutant mutant) {
    check(mutant.row(), false, ReferenceIndex::new, mutant::create);
  }

  @ParameterizedTest
  @EnumSource
  void mutantIsNoticedWhenSaved(SaveMutant mutant) {
    check(mutant.row(), true, ForwardingIndex::new, mutant::create);
  }

  private static void check(String row, boolean saves, Type sound, Type broken) {
    Subject.saves = saves;
    TestExecutionSummary passed = run(row, sound);
    assertThat(passed.getTestsSucceededCount()).as("runs of %s", row).isPositive();
    assertThat(passed.getTestsAbortedCount()).as("skipped runs of %s", row).isZero();
    assertThat(passed.getTotalFailureCount()).as("failures without the mutation").isZero();

    TestExecutionSummary failed = run(row, broken);
    assertThat(failed.getTestsFailedCount()).as("failures with the mutation").isPositive();
    assertThat(failed.getContainersFailedCount()).as("failures of the row as a whole").isZero();
  }

  private static TestExecutionSummary run(String row, Type type) {
    Subject.type = type;
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectMethod(Subject.class, method(row)))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary();
  }

  private static Method method(String row) {
    return Stream.<Class<?>>iterate(Subject.class, Objects::nonNull, Class::getSuperclass)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.getName().equals(row))
        .findFirst()
        .orElseThrow();
  }

  /** How an index of a type is made. */
  private interface Type {
    MutableVectorIndex create(int dimension, Metric metric);
  }

  /** The contract of the type of the moment; only launched from here. */
  static final class Subject extends VectorIndexContract {
    static Type type = ReferenceIndex::new;
    static boolean saves;

    @Override
    protected MutableVectorIndex create(int dimension, Metric metric) {
      return type.create(dimension, metric);
    }

    @Override
    protected boolean saves() {
      return saves;
    }

    @Override
    protected boolean createdFromSpec() {
      return false;
    }
  }
}
