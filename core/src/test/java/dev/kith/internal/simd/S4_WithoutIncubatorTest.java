package dev.kith.internal.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.VectorIndex;
import dev.kith.support.ChildJvm;
import java.io.File;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application of its own, on the class path and on the module path, with and without the
 * incubator module: the same results, and one log line where there is no SIMD.
 */
@Tag("simd-only") // chooses the flags of its JVMs itself: once is enough
class S4_WithoutIncubatorTest {
  private static final String FLAG = "--add-modules jdk.incubator.vector";

  private static final String DESCRIPTOR =
      "module kith.consumer { requires dev.kith.core; requires java.logging; }";

  /** Prints what Kith logs and what it finds. */
  private static final String PROGRAM =
      """
      package kith.consumer;

      import dev.kith.*;
      import dev.kith.flat.FlatIndex;
      import java.util.logging.*;

      public class Main {
        static final Logger KITH = Logger.getLogger("dev.kith");

        public static void main(String[] args) {
          KITH.setLevel(Level.ALL);
          Handler printer = new Handler() {
            @Override public void publish(LogRecord record) {
              System.out.println("log " + record.getLevel() + " " + record.getLoggerName()
                  + " " + new SimpleFormatter().formatMessage(record));
            }
            @Override public void flush() {}
            @Override public void close() {}
          };
          printer.setLevel(Level.ALL);
          KITH.addHandler(printer);
          try (FlatIndex index = FlatIndex.create(50, Metric.COSINE)) {
            float[] vector = new float[50];
            for (int id = 0; id < 30; id++) {
              for (int i = 0; i < 50; i++) {
                vector[i] = (id * 31 + i * 17) % 13 - 5.3f;
              }
              index.add(id, vector);
            }
            for (Hit hit : index.search(SearchRequest.of(vector, 10))) {
              System.out.println("hit " + hit.id() + " "
                  + Integer.toHexString(Float.floatToRawIntBits(hit.distance())));
            }
          }
        }
      }
      """;

  @TempDir private static Path classes;

  private record Run(List<String> hits, List<String> logged, List<String> err) {
    List<String> warnings() {
      return logged.stream().filter(line -> !line.startsWith("log FINE ")).toList();
    }
  }

  @BeforeAll
  static void compileTheApplication() {
    assertThat(compile(DESCRIPTOR, PROGRAM)).isEmpty();
  }

  /** Compiles the application's module against the library's; gives the errors. */
  private static String compile(String descriptor, String program) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("-proc:none", "-d", classes.toString(), "-p", library().toString());
    List<Source> sources =
        List.of(new Source("module-info", descriptor), new Source("kith/consumer/Main", program));
    boolean done = compiler.getTask(messages, null, null, options, null, sources).call();
    return done ? "" : messages.toString();
  }

  private static Path library() {
    return ChildJvm.home(VectorIndex.class);
  }

  /** A source file in memory. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static Run runOnClassPath(String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(options));
    String path = classes + File.pathSeparator + library();
    arguments.addAll(List.of("-cp", path, "kith.consumer.Main"));
    return run(arguments);
  }

  private static Run runOnModulePath(String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(options));
    String path = classes + File.pathSeparator + library();
    arguments.addAll(List.of("-p", path, "-m", "kith.consumer/kith.consumer.Main"));
    return run(arguments);
  }

  private static Run run(List<String> arguments) throws Exception {
    ChildJvm.Outcome outcome = ChildJvm.run(arguments).succeeded();
    List<String> hits = outcome.out().stream().filter(l -> l.startsWith("hit ")).toList();
    List<String> logged = outcome.out().stream().filter(l -> l.startsWith("log ")).toList();
    assertThat(hits).hasSize(10);
    return new Run(hits, logged, outcome.err());
  }

  private static void assertOneLineNamesTheFlag(Run run) {
    assertThat(run.logged).singleElement().asString().startsWith("log WARNING dev.kith ");
    assertThat(run.logged.getFirst()).contains("without SIMD", FLAG);
    assertThat(run.err).filteredOn(line -> line.contains("Kith")).hasSize(1);
  }

  private static void assertSilentWithSimd(Run run) {
    assertThat(run.warnings()).isEmpty();
    assertThat(run.logged)
        .singleElement()
        .asString()
        .startsWith("log FINE dev.kith kernels: panama-");
    assertThat(run.err).noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("kith"));
  }

  @Test
  void withoutTheFlagOneLineNamesItAndTheResultsAreTheSame() throws Exception {
    Run classPath = runOnClassPath();
    Run modulePath = runOnModulePath();

    assertOneLineNamesTheFlag(classPath);
    assertOneLineNamesTheFlag(modulePath);
    assertThat(modulePath.hits)
        .isEqualTo(classPath.hits)
        .isEqualTo(runOnClassPath("--add-modules=jdk.incubator.vector").hits);
  }

  @Test
  void withTheFlagKithUsesSimdAndIsSilent() throws Exception {
    assertSilentWithSimd(runOnClassPath("--add-modules=jdk.incubator.vector"));
    assertSilentWithSimd(runOnModulePath("--add-modules=jdk.incubator.vector"));
  }

  @Test
  void whatSpeaksAgainstSimdIsNamed() throws Exception {
    Run run = runOnModulePath("--add-modules=jdk.incubator.vector", "-XX:TieredStopAtLevel=1");

    assertThat(run.warnings()).singleElement().asString().contains("without SIMD", "C2");
  }

  @Test
  void applicationsCannotReachTheInside() {
    for (String inside :
        List.of(
            "dev.kith.encoding.Encoding",
            "dev.kith.internal.simd.Kernels",
            "dev.kith.internal.storage.Storage",
            "dev.kith.spi.IndexProvider")) {
      String errors =
          compile(DESCRIPTOR, "package kith.consumer; class Uses { " + inside + " x; }");
      assertThat(errors).contains("is not visible");
    }
  }
}
