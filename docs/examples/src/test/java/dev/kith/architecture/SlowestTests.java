package dev.kith.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Prints the twenty slowest test classes of a build over all modules, and the seconds that each
 * promise took, from the reports that surefire wrote since the build began. The last module of the
 * build runs this file as a program of its own.
 */
final class SlowestTests {
  private static final int SHOWN = 20;
  private static final Pattern CODE = Pattern.compile("([A-Z]\\d?)_\\w+");

  /** A test class, or one of its runs when it ran more than once. */
  private record Run(String module, String name, double seconds) {
    String simpleName() {
      return name.substring(name.lastIndexOf('.') + 1);
    }
  }

  private SlowestTests() {}

  /**
   * Prints, or says nothing when no test ran.
   *
   * @param args the folder of the parent pom, and when the build began, as ISO-8601 says it
   */
  public static void main(String[] args) throws IOException, XMLStreamException {
    List<Run> runs = runs(Path.of(args[0]).toRealPath(), Instant.parse(args[1]));
    if (runs.isEmpty()) {
      return;
    }
    double total = runs.stream().mapToDouble(Run::seconds).sum();
    System.out.println(
        "Slowest of %d test classes, which took %s s:".formatted(runs.size(), number(total)));
    runs.stream()
        .sorted(Comparator.comparingDouble(Run::seconds).reversed())
        .limit(SHOWN)
        .forEach(
            run ->
                System.out.printf(
                    Locale.ROOT, "%7.1f s  %s  (%s)%n", run.seconds, run.simpleName(), run.module));
    System.out.println("Seconds per promise: " + perPromise(runs));
  }

  private static List<Run> runs(Path root, Instant begun) throws IOException, XMLStreamException {
    List<Path> reports;
    try (Stream<Path> files = Files.walk(root, 5)) {
      reports =
          files
              .filter(file -> ("" + file.getFileName()).matches("TEST-.*\\.xml"))
              .filter(file -> ("" + file.getParent().getFileName()).startsWith("surefire-reports"))
              .filter(file -> file.toFile().lastModified() >= begun.toEpochMilli())
              .toList();
    }
    List<Run> runs = new ArrayList<>();
    for (Path report : reports) {
      try (InputStream bytes = Files.newInputStream(report)) {
        XMLStreamReader xml = XMLInputFactory.newFactory().createXMLStreamReader(bytes);
        xml.nextTag();
        double seconds = Double.parseDouble(xml.getAttributeValue(null, "time").replace(",", ""));
        runs.add(new Run(module(root, report), xml.getAttributeValue(null, "name"), seconds));
      }
    }
    return runs;
  }

  /** The module's folder, and the kind of run when it is not the usual one. */
  private static String module(Path root, Path report) {
    Path reports = report.getParent();
    String kind = ("" + reports.getFileName()).replaceFirst("surefire-reports-?", "");
    Path module = root.relativize(reports.getParent().getParent());
    return kind.isEmpty() ? "" + module : module + ", " + kind;
  }

  private static String perPromise(List<Run> runs) {
    Map<String, Double> seconds = new TreeMap<>();
    for (Run run : runs) {
      Matcher code = CODE.matcher(run.simpleName());
      if (code.matches()) {
        seconds.merge(code.group(1), run.seconds, Double::sum);
      }
    }
    return seconds.entrySet().stream()
        .map(promise -> promise.getKey() + " " + number(promise.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String number(double seconds) {
    return String.format(Locale.ROOT, seconds < 10 ? "%.1f" : "%.0f", seconds);
  }
}
