package dev.kith.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the production classes of all modules against the rules, and the rules against what they
 * must notice.
 */
class ArchitectureTest {
  private static final HouseRules HOUSE = new HouseRules("dev.kith");
  private static final HouseRules VIOLATING = new HouseRules("dev.kith.architecture.violating");

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(HOUSE.root());

  /**
   * Each rule with the classes of {@code violating} that break it; {@code noUnsafe} has a test of
   * its own.
   */
  private static final List<Rule> RULES =
      List.of(
          new Rule(
              HouseRules::arrowsPointDown,
              "flat.KnowsHnsw",
              "ivfpq.KnowsHnsw",
              "distributed.KnowsHnsw",
              "hnsw.KnowsExamples",
              "ivfpq.KnowsTestkit"),
          new Rule(
              HouseRules::corePackagesAreFreeOfCycles,
              "internal.topk.Heap",
              "internal.storage.Page"),
          new Rule(HouseRules::onlyPanamaKernelsUseTheVectorModule, "internal.simd.ImportsVectors"),
          new Rule(
              HouseRules::onlyStorageTouchesFiles,
              "flat.ReadsFiles",
              "flat.OpensChannels",
              "flat.OpensStreams",
              "flat.OpensRandomAccess"),
          new Rule(HouseRules::noStandardStreams, "Prints", "PrintsErrors"),
          new Rule(HouseRules::nothingIsSerializable, "Stored"),
          new Rule(HouseRules::noSystemPropertyIsSet, "SetsProperty", "ClearsProperty"),
          new Rule(HouseRules::noUnsafe, "UsesUnsafe"),
          new Rule(HouseRules::noThreadLocals, "KeepsThreadLocal"),
          new Rule(
              HouseRules::noCommonPool,
              "UsesCommonPool",
              "StreamsInParallel",
              "StreamsCollectionInParallel",
              "SortsInParallel",
              "SuppliesAsync"),
          new Rule(
              HouseRules::publicSignaturesNameNoHiddenType, "ReturnsHiddenType", "TakesHiddenType"),
          new Rule(HouseRules::namesSayWhatAThingIs, "IndexManager"));

  private static JavaClasses violating;

  @BeforeAll
  static void importViolating(@TempDir Path folder) throws IOException {
    writeUsesUnsafe(folder);
    Set<Location> locations = new HashSet<>(Locations.ofPackage(VIOLATING.root()));
    locations.add(Location.of(folder));
    violating = new ClassFileImporter().importLocations(locations);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theHouseKeeps(ArchRule rule) {
    rule.check(PRODUCTION);
  }

  @ParameterizedTest
  @MethodSource("violations")
  void theRuleNoticesAViolation(ArchRule rule, String violation) {
    List<String> details = rule.evaluate(violating).getFailureReport().getDetails();
    assertThat(String.join("\n", details)).contains("<" + violation);
  }

  /** A jar without its descriptor would still work on the class path. */
  @Test
  void everyLibraryIsAModule() throws IOException {
    Set<String> modules = new HashSet<>();
    for (URL descriptor :
        Collections.list(HouseRules.class.getClassLoader().getResources("module-info.class"))) {
      try (InputStream in = descriptor.openStream()) {
        modules.add(ModuleDescriptor.read(in).name());
      }
    }
    assertThat(modules)
        .contains(
            "dev.kith.core",
            "dev.kith.hnsw",
            "dev.kith.ivfpq",
            "dev.kith.distributed",
            "dev.kith.testkit");
  }

  /** An import that finds nothing would keep every rule. */
  @Test
  void allModulesAreLookedAt() {
    Set<String> packages =
        PRODUCTION.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    assertThat(packages)
        .contains("dev.kith", "dev.kith.flat", "dev.kith.testkit", "dev.kith.examples.quickstart")
        .noneMatch(name -> name.startsWith("dev.kith.architecture"));
  }

  /**
   * javac warns of every mention of Unsafe and cannot be told not to, so this class is made here.
   */
  private static void writeUsesUnsafe(Path folder) throws IOException {
    ClassFile.of()
        .buildTo(
            folder.resolve("UsesUnsafe.class"),
            ClassDesc.of(VIOLATING.root(), "UsesUnsafe"),
            type -> type.withField("unsafe", ClassDesc.of("sun.misc.Unsafe"), 0));
  }

  private static Stream<Arguments> rules() {
    return RULES.stream().map(rule -> rule.of(HOUSE)).map(r -> argumentSet(r.getDescription(), r));
  }

  private static Stream<Arguments> violations() {
    return RULES.stream()
        .flatMap(
            rule ->
                rule.violations().stream()
                    .map(
                        violation ->
                            argumentSet(
                                violation,
                                rule.of(VIOLATING),
                                VIOLATING.root() + "." + violation)));
  }

  private record Rule(Function<HouseRules, ArchRule> factory, List<String> violations) {
    Rule {
      if (violations.isEmpty()) {
        throw new IllegalArgumentException("a rule that cannot fail");
      }
    }

    Rule(Function<HouseRules, ArchRule> factory, String... violations) {
      this(factory, List.of(violations));
    }

    ArchRule of(HouseRules house) {
      return factory.apply(house);
    }
  }
}
