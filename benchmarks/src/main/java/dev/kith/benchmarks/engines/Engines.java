package dev.kith.benchmarks.engines;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The engines by name.
 *
 * @param name what the command line and the results call it
 * @param jvmFlags what its documentation recommends, besides what all get
 * @param factory makes it, in a JVM with those flags
 */
public record Engines(String name, List<String> jvmFlags, Supplier<Engine> factory) {
  /**
   * The flags for SIMD and for native code. All engines get them, so that no JVM differs from
   * another for the sake of a flag that one library forgot to mention.
   */
  public static final List<String> COMMON_FLAGS =
      List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED");

  /**
   * JVector loads native code by default; this is its Java twin. Both are measured, for neither is
   * faster everywhere.
   */
  private static final String PANAMA = "-Djvector.vectorization_provider=panama";

  /** Vectors of 256 bits, for processors without longer ones. */
  private static final String SHORT = "-XX:MaxVectorSize=32";

  private static final List<Engines> ALL =
      List.of(
          new Engines("kith-flat", List.of(), KithFlatEngine::new),
          new Engines("kith-hnsw", List.of(), () -> new KithHnswEngine(0, 0)),
          new Engines("kith-hnsw-int8", List.of(), () -> new KithHnswEngine(8, 0)),
          new Engines("kith-hnsw-rabitq", List.of(), () -> new KithHnswEngine(4, 0)),
          new Engines("kith-hnsw-rabitq-inline", List.of(), () -> new KithHnswEngine(0, 1)),
          new Engines("kith-hnsw-rabitq2-inline", List.of(), () -> new KithHnswEngine(0, 2)),
          new Engines(
              "kith-hnsw-rabitq-inline-256", List.of(SHORT), () -> new KithHnswEngine(0, 1)),
          new Engines("lucene-hnsw", List.of(), LuceneEngine::new),
          new Engines("jvector", List.of(), JVectorEngine::new),
          new Engines("jvector-panama", List.of(PANAMA), JVectorEngine::new),
          new Engines("jvector-fusedpq", List.of(), JVectorFusedPqEngine::new),
          new Engines("jvector-fusedpq-panama", List.of(PANAMA), JVectorFusedPqEngine::new),
          new Engines("jelmerk", List.of(), JelmerkEngine::new),
          new Engines("hnswlib-jna", List.of(), HnswlibJnaEngine::new));

  /**
   * All names.
   *
   * @return ours first
   */
  public static List<String> names() {
    return ALL.stream().map(Engines::name).toList();
  }

  /**
   * Looks one up.
   *
   * @param name a name
   * @return the engine, if there is one of that name
   */
  public static Optional<Engines> find(String name) {
    return ALL.stream().filter(engine -> engine.name().equals(name)).findFirst();
  }

  /**
   * The flags of its JVM.
   *
   * @return what all get, then its own
   */
  public List<String> allFlags() {
    List<String> flags = new ArrayList<>(COMMON_FLAGS);
    flags.addAll(jvmFlags);
    return flags;
  }
}
