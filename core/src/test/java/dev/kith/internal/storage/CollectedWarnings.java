package dev.kith.internal.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps what the library logs during a test, instead of printing it. */
final class CollectedWarnings implements BeforeEachCallback, AfterEachCallback {
  private final Logger logger = Logger.getLogger("dev.kith");
  private final List<String> messages = new ArrayList<>();
  private final Handler collector =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          messages.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @Override
  public void beforeEach(ExtensionContext context) {
    logger.addHandler(collector);
    logger.setUseParentHandlers(false);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    logger.removeHandler(collector);
    logger.setUseParentHandlers(true);
  }

  /** The messages since the last call. */
  List<String> take() {
    List<String> taken = List.copyOf(messages);
    messages.clear();
    return taken;
  }
}
