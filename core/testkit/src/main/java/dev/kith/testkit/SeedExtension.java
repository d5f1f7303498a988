package dev.kith.testkit;

import java.io.Serial;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Gives {@link Seed} parameters their value and attaches it to whatever the test throws. */
final class SeedExtension implements ParameterResolver, TestExecutionExceptionHandler {
  static final String PROPERTY = "kith.seed";

  private static final Namespace NAMESPACE = Namespace.create(SeedExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.isAnnotated(Seed.class) && parameter.getParameter().getType() == long.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return seed(context);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable throwable)
      throws Throwable {
    throwable.addSuppressed(new Repeat(seed(context)));
    throw throwable;
  }

  /** One seed per test, however many parameters ask; short, because people retype it. */
  private static long seed(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            PROPERTY,
            key -> Long.getLong(PROPERTY, ThreadLocalRandom.current().nextInt(1, 1_000_000_000)),
            Long.class);
  }

  /** A line in the stack trace of a failed test. */
  private static final class Repeat extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    Repeat(long seed) {
      super("repeat with -D" + PROPERTY + "=" + seed, null, false, false);
    }
  }
}
