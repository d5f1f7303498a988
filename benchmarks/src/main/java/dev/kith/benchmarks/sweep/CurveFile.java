package dev.kith.benchmarks.sweep;

import dev.kith.benchmarks.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads and writes {@code curves.csv}, and {@code runs.csv} with a column more. */
public final class CurveFile {
  /** The first line, which other harnesses write too. */
  public static final String HEADER =
      "dataset,engine,config,build_threads,build_s,index_bytes,effort,k,recall,qps,p50_us,p99_us";

  private static final int COLUMNS = 12;

  private CurveFile() {}

  /**
   * Writes points, in their order.
   *
   * @param file made or replaced
   * @param points what to write; no text in them has a comma
   * @throws IOException if writing fails
   */
  public static void write(Path file, List<CurvePoint> points) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(HEADER);
    for (CurvePoint point : points) {
      lines.add(line(point));
    }
    Files.write(file, lines);
  }

  /** Writes the points of each repeat, with its number in front. */
  static void writeRuns(Path file, List<List<CurvePoint>> repeats) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("repeat," + HEADER);
    for (int repeat = 0; repeat < repeats.size(); repeat++) {
      for (CurvePoint point : repeats.get(repeat)) {
        lines.add((repeat + 1) + "," + line(point));
      }
    }
    Files.write(file, lines);
  }

  /**
   * Reads points.
   *
   * @param file with the header
   * @return its points, in their order
   * @throws IOException if reading fails
   * @throws UsageException if there is no such file, or it is not such a file; the message names
   *     the line
   */
  public static List<CurvePoint> read(Path file) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new UsageException("no such file: " + file);
    }
    if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
      throw new UsageException(file + ": line 1, expected the header " + HEADER);
    }
    List<CurvePoint> points = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        points.add(parse(file, i + 1, lines.get(i)));
      }
    }
    return points;
  }

  private static String line(CurvePoint p) {
    return String.format(
        Locale.ROOT,
        "%s,%s,%s,%d,%.3f,%d,%d,%d,%.6f,%.1f,%.2f,%.2f",
        p.key().dataset(),
        p.key().engine(),
        p.key().config(),
        p.key().buildThreads(),
        p.buildSeconds(),
        p.indexBytes(),
        p.effort(),
        p.k(),
        p.recall(),
        p.qps(),
        p.p50(),
        p.p99());
  }

  private static CurvePoint parse(Path file, int number, String line) {
    String[] cells = line.split(",", -1);
    if (cells.length != COLUMNS) {
      throw new UsageException(
          file + ": line " + number + " has " + cells.length + " columns, expected " + COLUMNS);
    }
    try {
      return new CurvePoint(
          new CurvePoint.Key(cells[0], cells[1], cells[2], Integer.parseInt(cells[3])),
          Double.parseDouble(cells[4]),
          Long.parseLong(cells[5]),
          Integer.parseInt(cells[6]),
          Integer.parseInt(cells[7]),
          Double.parseDouble(cells[8]),
          Double.parseDouble(cells[9]),
          Double.parseDouble(cells[10]),
          Double.parseDouble(cells[11]));
    } catch (NumberFormatException e) {
      throw new UsageException(file + ": line " + number + ": " + e.getMessage());
    }
  }
}
