package dev.kith.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.BaseStream;

/**
 * The rules of the house as checks, for the packages below a root package: {@code dev.kith}, or the
 * package of the deliberate violations.
 *
 * <p>Library code is everything but examples and benchmarks. The testkit is library code that may
 * write files.
 */
record HouseRules(String root) {

  /** Arrows point down only; hnsw, ivfpq and distributed do not know each other. */
  ArchRule arrowsPointDown() {
    return layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("core")
        .definedBy(core())
        .layer("hnsw")
        .definedBy(below("hnsw"))
        .layer("ivfpq")
        .definedBy(below("ivfpq"))
        .layer("distributed")
        .definedBy(below("distributed"))
        .layer("testkit")
        .definedBy(below("testkit"))
        .layer("examples")
        .definedBy(below("examples"))
        .layer("benchmarks")
        .definedBy(below("benchmarks"))
        .whereLayer("core")
        .mayNotAccessAnyLayer()
        .whereLayer("hnsw")
        .mayOnlyAccessLayers("core")
        .whereLayer("ivfpq")
        .mayOnlyAccessLayers("core")
        .whereLayer("distributed")
        .mayOnlyAccessLayers("core")
        .whereLayer("testkit")
        .mayOnlyAccessLayers("core")
        .whereLayer("examples")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("benchmarks")
        .mayNotBeAccessedByAnyLayer();
  }

  /** The root package holds the public words and meets everything; below it there are no cycles. */
  ArchRule corePackagesAreFreeOfCycles() {
    return slices().assignedFrom(new CorePackages(root)).should().beFreeOfCycles();
  }

  ArchRule onlyPanamaKernelsUseTheVectorModule() {
    return noClasses()
        .that(library())
        .and(not(below("internal.simd.panama")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .because("without the module every other class must load");
  }

  ArchRule onlyStorageTouchesFiles() {
    return noClasses()
        .that(library())
        .and(not(below("internal.storage")))
        .and(not(below("testkit")))
        .should()
        .dependOnClassesThat(fileAccess())
        .because("tests replace the storage seam by a faulty one; java.nio.file.Path is free");
  }

  ArchRule noStandardStreams() {
    return noClasses()
        .that(library())
        .and(not(below("cli")))
        .should(ACCESS_STANDARD_STREAMS)
        .because("a library logs to System.Logger dev.kith");
  }

  ArchRule nothingIsSerializable() {
    return noClasses()
        .that(library())
        .and(not(JavaClass.Predicates.assignableTo(Throwable.class)))
        .and()
        .areNotEnums()
        .should()
        .beAssignableTo(Serializable.class)
        .because("the index format is the one way to store anything");
  }

  ArchRule noSystemPropertyIsSet() {
    return noClasses()
        .that(library())
        .should()
        .callMethod(System.class, "setProperty", String.class, String.class)
        .orShould()
        .callMethod(System.class, "clearProperty", String.class)
        .orShould()
        .callMethod(System.class, "setProperties", java.util.Properties.class)
        .because("the JVM belongs to the host application");
  }

  ArchRule noUnsafe() {
    return noClasses()
        .that(library())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("sun..", "jdk.internal..")
        .because("memory is reached through arrays and MemorySegment");
  }

  ArchRule noThreadLocals() {
    return noClasses()
        .that(library())
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocal.class)
        .because("virtual threads: scratch is borrowed from a pool of the index");
  }

  ArchRule noCommonPool() {
    return noClasses()
        .that(library())
        .should()
        .callMethodWhere(runsOnTheCommonPool())
        .because("threads are used when the caller asked for them");
  }

  ArchRule publicSignaturesNameNoHiddenType() {
    return codeUnits()
        .that(arePublicApi())
        .should()
        .haveRawReturnType(not(hidden()))
        .andShould()
        .haveRawParameterTypes(
            describe("no hidden type", types -> types.stream().noneMatch(hidden())))
        .because("on the module path a caller could not name it");
  }

  ArchRule namesSayWhatAThingIs() {
    return noClasses()
        .that(library())
        .should()
        .haveNameMatching(".*(Manager|Helper|Helpers|Util|Utils|Impl)")
        .because("such a name hides an idea");
  }

  private DescribedPredicate<JavaClass> below(String name) {
    return resideInAPackage(root + "." + name + "..");
  }

  private DescribedPredicate<JavaClass> core() {
    return resideInAnyPackage(
            root,
            root + ".flat..",
            root + ".encoding..",
            root + ".eval..",
            root + ".spi..",
            root + ".cli..",
            root + ".internal..")
        .as("core");
  }

  private DescribedPredicate<JavaClass> library() {
    return resideInAPackage(root + "..")
        .and(not(below("examples")))
        .and(not(below("benchmarks")))
        .as("library code");
  }

  /** Types of packages that are not exported to everyone. */
  private DescribedPredicate<JavaClass> hidden() {
    return describe(
        "hidden",
        type -> {
          JavaClass component = type.getBaseComponentType();
          return below("spi").or(below("encoding")).test(component)
              || component.getPackageName().startsWith(root + ".")
                  && Arrays.asList(component.getPackageName().split("\\.")).contains("internal");
        });
  }

  /** Index providers must be public to be found, but are for the library's loader only. */
  private DescribedPredicate<JavaCodeUnit> arePublicApi() {
    return describe(
        "are public API",
        unit ->
            library().and(not(hidden())).test(unit.getOwner())
                && !unit.getOwner().isAssignableTo(root + ".spi.IndexProvider")
                && isVisible(unit.getOwner())
                && isVisible(unit.getModifiers()));
  }

  private static boolean isVisible(JavaClass type) {
    return isVisible(type.getModifiers())
        && type.getEnclosingClass().map(HouseRules::isVisible).orElse(true);
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static DescribedPredicate<JavaClass> fileAccess() {
    return describe(
        "open or change files",
        type ->
            type.getPackageName().startsWith("java.nio.channels")
                || type.getName().equals("java.nio.file.Files")
                || type.getName().matches("java\\.io\\.(File.*|RandomAccessFile)"));
  }

  private static DescribedPredicate<JavaMethodCall> runsOnTheCommonPool() {
    return describe(
        "runs on the common pool",
        call -> {
          String method = call.getName();
          JavaClass owner = call.getTargetOwner();
          return method.equals("commonPool") && owner.isAssignableTo(ForkJoinPool.class)
              || method.equals("parallelStream")
              || method.equals("parallel") && owner.isAssignableTo(BaseStream.class)
              || method.startsWith("parallel") && owner.isEquivalentTo(Arrays.class)
              || method.endsWith("Async")
                  && owner.isAssignableTo(CompletableFuture.class)
                  && call.getTarget().getRawParameterTypes().stream()
                      .noneMatch(parameter -> parameter.isAssignableTo(Executor.class));
        });
  }

  /**
   * A slice per package of core; {@code internal.simd} and {@code internal.simd.panama} are one.
   */
  private record CorePackages(String root) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getPackageName();
      if (!new HouseRules(root).core().test(type) || Objects.equals(name, root)) {
        return SliceIdentifier.ignore();
      }
      String[] path = name.substring(root.length() + 1).split("\\.");
      return SliceIdentifier.of(path[0].equals("internal") ? "internal." + path[1] : path[0]);
    }

    @Override
    public String getDescription() {
      return "packages of core";
    }
  }
}
