package dev.kith.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/reliability.md, the test classes of all modules and the seeded faults agree: no promise is
 * without a test that carries its code, no such test unlisted, no fault out of date.
 */
class PromisesTest {
  private static final Path ROOT = Path.of("../..");
  private static final Path PAGE = ROOT.resolve("docs/reliability.md");
  private static final Path FAULTS = ROOT.resolve("docs/reliability");

  private static final List<String> MODULES =
      List.of("core", "core/testkit", "hnsw", "ivfpq", "distributed", "benchmarks");

  /** What the page may not silently drop. */
  private static final Set<String> CODES =
      new TreeSet<>(
          List.of(
              ("D1 D2 D3 D4 D6 D7 D8 D9 B1 B2 B4 R1 R2 R3 R4 R5 C1 C2 C3 C5 S0 S1 S4 Q1 Q2 M")
                  .split(" ")));

  private static final Pattern CODED_TEST = Pattern.compile("([A-Z]\\d?)_\\w+Test");

  private final String page = Files.readString(PAGE);

  PromisesTest() throws IOException {}

  @Test
  void everyPromiseIsOnThePage() {
    assertThat(promises().keySet()).containsAll(CODES);
  }

  @Test
  void everyPromiseHasATestThatCarriesItsCode() throws IOException {
    Set<String> written = codedTests();
    promises()
        .forEach(
            (code, tests) -> {
              assertThat(tests).as("tests of promise %s", code).isNotEmpty();
              assertThat(tests)
                  .as("tests of promise %s", code)
                  .allMatch(test -> test.startsWith(code + "_"))
                  .isSubsetOf(written);
            });
  }

  @Test
  void everyTestThatCarriesACodeIsListed() throws IOException {
    Set<String> listed = new TreeSet<>();
    promises().values().forEach(listed::addAll);
    assertThat(listed).containsAll(codedTests());
  }

  @Test
  void everySeededFaultIsListedWithAPromise() throws IOException {
    Set<String> listed = new TreeSet<>();
    for (List<String> row : table("patch")) {
      String patch = row.get(1).replaceAll(".*\\[(.*)\\].*", "$1");
      assertThat(patch).startsWith(row.get(0) + "-");
      assertThat(promises()).containsKey(row.get(0));
      assertThat(row.get(3)).as("what %s makes fail", patch).contains(row.get(0) + "_");
      listed.add(patch);
    }
    assertThat(listed).isEqualTo(patches());
  }

  /** A fault that can no longer be seeded shows nothing: seed one like it in today's code. */
  @Test
  void everySeededFaultStillApplies() throws IOException {
    for (String patch : patches()) {
      Path target = null;
      int hunks = 0;
      StringBuilder before = new StringBuilder();
      for (String line : Files.readAllLines(FAULTS.resolve(patch))) {
        if (line.startsWith("+++ b/")) {
          target = ROOT.resolve(line.substring(6));
        } else if (line.startsWith("@@")) {
          assertFound(before, target, patch);
          before.setLength(0);
          hunks++;
        } else if (hunks > 0 && (line.startsWith(" ") || line.startsWith("-"))) {
          before.append(line.substring(1)).append('\n');
        }
      }
      assertThat(hunks).as("hunks of %s", patch).isPositive();
      assertFound(before, target, patch);
    }
  }

  private static void assertFound(CharSequence before, Path target, String patch)
      throws IOException {
    assertThat(target).as("the target of %s", patch).exists();
    assertThat(Files.readString(target)).as("the target of %s", patch).contains(before);
  }

  private TreeMap<String, List<String>> promises() {
    TreeMap<String, List<String>> promises = new TreeMap<>();
    for (List<String> row : table("promise")) {
      List<String> tests = new ArrayList<>();
      Matcher names = CODED_TEST.matcher(row.get(2));
      while (names.find()) {
        tests.add(names.group());
      }
      assertThat(promises.put(row.get(0), tests)).as("a second row %s", row.get(0)).isNull();
    }
    return promises;
  }

  /** The cells of the table whose second column is so called. */
  private List<List<String>> table(String second) {
    List<List<String>> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : page.lines().toList()) {
      List<String> cells = Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList();
      if (!line.startsWith("|")) {
        inside = false;
      } else if (cells.get(1).equals(second)) {
        inside = true;
      } else if (inside && !line.startsWith("|---")) {
        rows.add(cells);
      }
    }
    assertThat(rows).as("rows of the table \"%s\" of %s", second, PAGE).isNotEmpty();
    return rows;
  }

  private static Set<String> patches() throws IOException {
    try (Stream<Path> files = Files.list(FAULTS)) {
      return new TreeSet<>(
          files.map(file -> "" + file.getFileName()).filter(n -> n.endsWith(".patch")).toList());
    }
  }

  /** The names of all test classes that carry a code. */
  private static Set<String> codedTests() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String module : MODULES) {
      Path tests = ROOT.resolve(module).resolve("src/test/java");
      if (Files.isDirectory(tests)) {
        try (Stream<Path> files = Files.walk(tests)) {
          files
              .map(file -> ("" + file.getFileName()).replaceFirst("\\.java$", ""))
              .filter(name -> CODED_TEST.matcher(name).matches())
              .forEach(names::add);
        }
      }
    }
    assertThat(names).as("test classes with a code").hasSizeGreaterThan(20);
    return names;
  }
}
