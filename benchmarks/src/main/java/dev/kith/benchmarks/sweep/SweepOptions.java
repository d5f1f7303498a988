package dev.kith.benchmarks.sweep;

import dev.kith.Metric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a sweep may be told. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SweepOptions {
  @Option(
      names = "--dataset",
      required = true,
      paramLabel = "DIR|FILE.hdf5|synthetic:n=N,d=D,seed=S",
      description = "TEXMEX files, a file of ann-benchmarks, or clustered vectors to be drawn")
  String dataset;

  @Option(
      names = "--metric",
      description = "euclidean, angular or dot; only needed where the data do not say")
  @Nullable String metricWord;

  @Option(
      names = "--engines",
      split = ",",
      required = true,
      description = "names, separated by commas, or all")
  List<String> engines = new ArrayList<>();

  @Option(names = "--k", defaultValue = "10", description = "neighbours asked for (10)")
  int k;

  @Option(names = "--build-threads", defaultValue = "1", description = "threads that build (1)")
  int buildThreads;

  @Option(names = "--search-threads", defaultValue = "1", description = "threads that search (1)")
  int searchThreads;

  @Option(names = "--limit", description = "only the first so many vectors")
  int limit;

  @Option(
      names = "--repeat",
      defaultValue = "1",
      description = "how often each engine is measured, in turn with the others (1)")
  int repeats;

  @Option(
      names = "--build-once",
      description = "later repeats open the index of the first, where the engine can")
  boolean buildOnce;

  @Option(
      names = "--quick",
      description = "short passes and little warm-up, for a first look; not for native programs")
  boolean quick;

  @Option(
      names = "--efforts",
      split = ",",
      defaultValue =
          "10,12,16,20,24,32,40,48,64,80,96,128,160,200,256,320,400,512,640,800,1024,1536,2048",
      description = "efSearch or the like, ascending; ends early at recall 0.999")
  List<Integer> efforts = new ArrayList<>();

  @Option(
      names = "--baseline",
      description = "the engine that ratios are taken to; else the first of --engines")
  @Nullable String baseline;

  @Option(
      names = "--native",
      description = "an executable that measures native libraries, see benchmarks/native")
  @Nullable Path nativeProgram;

  @Option(
      names = "--native-engines",
      split = ",",
      defaultValue = "hnswlib",
      description = "what it is to measure (hnswlib)")
  List<String> nativeEngines = new ArrayList<>();

  @Option(
      names = "--add",
      description = "a curves.csv of another run to show beside this one; may be repeated")
  List<Path> added = new ArrayList<>();

  @Option(
      names = "--jvm-args",
      split = " ",
      description = "flags for the JVM of every engine, for example \"-Xmx8g -XX:+UseSerialGC\"")
  List<String> jvmArgs = new ArrayList<>();

  @Option(names = "--out", required = true, description = "a folder for the results")
  Path out;

  @Nullable Metric metric() {
    return metricWord == null ? null : TestSets.metric("--metric", metricWord);
  }

  String effortList() {
    return String.join(",", efforts.stream().map(String::valueOf).toList());
  }
}
