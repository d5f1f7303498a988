package dev.kith.internal.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.support.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same work in JVMs with other vectors and other compilers gives the same hashes as in one
 * without SIMD: all faces of the kernels, scorers of vectors and of codes, and exact searches over
 * heap and mapped files.
 */
@Tag("simd-only")
class S0_SameBitsInEveryJvmTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  /** How the JVM prints that C2 has compiled a kernel method. */
  private static final Pattern COMPILED =
      Pattern.compile(" 4 +dev\\.kith\\.internal\\.simd\\.panama\\.(\\w+::\\w+) .*bytes\\)$");

  @TempDir private static Path folder;
  private static Child reference;

  /** The hashes of a child JVM and what it said about itself. */
  private record Child(String kernels, Map<String, String> hashes, List<String> out) {
    List<String> differingPasses() {
      return out.stream().filter(line -> line.contains(" differs: ")).toList();
    }

    Set<String> compiledMethods() {
      Set<String> methods = new TreeSet<>();
      for (String line : out) {
        Matcher matcher = COMPILED.matcher(line);
        if (matcher.find()) {
          methods.add(matcher.group(1));
        }
      }
      return methods;
    }
  }

  @BeforeAll
  static void computeWithoutSimd() throws Exception {
    reference = run(List.of(), 1, 1);
    assertThat(reference.kernels).isEqualTo("scalar");
    assertThat(reference.hashes)
        .hasSizeGreaterThan(40)
        .containsKeys("small DOT tile", "full L2 batch MAPPED");
  }

  private static Child run(List<String> options, int smallPasses, int fullPasses)
      throws IOException, InterruptedException {
    List<String> out =
        ChildJvm.run(
                options,
                SameBitsProgram.class,
                Files.createTempDirectory(folder, "run").toString(),
                Integer.toString(smallPasses),
                Integer.toString(fullPasses))
            .succeeded()
            .out();
    String kernels = "";
    Map<String, String> hashes = new TreeMap<>();
    for (String line : out) {
      String[] parts = line.split("=", -1);
      if (line.startsWith("kernels=")) {
        kernels = parts[1];
      } else if (line.startsWith("small ") || line.startsWith("full ")) {
        hashes.put(parts[0], parts[1]);
      }
    }
    return new Child(kernels, hashes, out);
  }

  /** The bits of the vectors that this CPU has, as the JVM of this test sees it. */
  private static int widestVector() {
    String name = Kernels.active().name();
    assertThat(name).as("kernels of this JVM, run with " + MODULE).startsWith("panama-");
    return Integer.parseInt(name.substring("panama-".length()));
  }

  private static List<String> with(String... options) {
    List<String> all = new ArrayList<>(List.of(MODULE));
    all.addAll(List.of(options));
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64})
  void everyWidthOfVectorsGivesTheSameBitsInterpretedAndCompiled(int bytes) throws Exception {
    Child child =
        run(with("-XX:MaxVectorSize=" + bytes, "-Xbatch", "-XX:+PrintCompilation"), 1, 20);

    assertThat(child.kernels).isEqualTo("panama-" + Math.min(8 * bytes, widestVector()));
    assertThat(child.hashes).isEqualTo(reference.hashes);
    assertThat(child.differingPasses()).isEmpty();
    assertThat(child.compiledMethods())
        .as("methods that C2 has compiled")
        .contains("PanamaDot::pair", "PanamaDot::rows", "PanamaDot::tile")
        .contains("PanamaSquaredL2::pair", "PanamaSquaredL2::rows", "PanamaSquaredL2::tile")
        .contains("PanamaMappedDot::rows", "PanamaMappedSquaredL2::rows")
        .contains("PanamaBytes::four", "PanamaPlanes::four", "PanamaPlanes::one");
  }

  @Test
  void compilingInTheBackgroundDoesNotChangeABit() throws Exception {
    Child child = run(with("-XX:+UseSerialGC"), 1, 10);

    assertThat(child.kernels).isEqualTo("panama-" + widestVector());
    assertThat(child.hashes).isEqualTo(reference.hashes);
    assertThat(child.differingPasses()).isEmpty();
  }

  @Test
  void scalarKernelsGiveTheSameBitsOnceCompiled() throws Exception {
    Child child = run(List.of("-Xbatch"), 1, 10);

    assertThat(child.hashes).isEqualTo(reference.hashes);
    assertThat(child.differingPasses()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void withoutC2TheKernelsAreScalarAndGiveTheSameBits(int level) throws Exception {
    Child child = run(with("-XX:TieredStopAtLevel=" + level), 5, 1);

    assertThat(child.kernels).isEqualTo("scalar");
    assertThat(child.hashes).isEqualTo(reference.hashes);
    assertThat(child.differingPasses()).isEmpty();
  }

  @Test
  void theInterpreterIsScalarAndGivesTheSameBits() throws Exception {
    assertSmall(run(with("-Xint"), 1, 0), "scalar");
  }

  @Test
  void withoutFusedMultiplyAddInstructionTheBitsAreTheSame() throws Exception {
    assertSmall(run(List.of("-XX:-UseFMA"), 1, 0), "scalar");
  }

  private static void assertSmall(Child child, String kernels) {
    assertThat(child.kernels).isEqualTo(kernels);
    assertThat(child.hashes).hasSizeGreaterThan(20);
    assertThat(reference.hashes).containsAllEntriesOf(child.hashes);
  }
}
