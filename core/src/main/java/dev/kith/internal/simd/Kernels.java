package dev.kith.internal.simd;

import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/**
 * Picks the kernels once, when they are first used.
 *
 * <p>SIMD is used when the module jdk.incubator.vector is there and C2 compiles; an interpreter or
 * C1 would run the Vector API hundreds of times slower than plain loops.
 */
public final class Kernels {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final String PANAMA = "dev.kith.internal.simd.panama.PanamaKernels";
  private static final KernelSet ACTIVE = pick();

  private Kernels() {}

  /**
   * The kernels of this JVM.
   *
   * @return always the same set
   */
  public static KernelSet active() {
    return ACTIVE;
  }

  /**
   * The plain Java kernels, whatever the JVM can do: the oracle of tests.
   *
   * @return the scalar set
   */
  public static KernelSet scalar() {
    return KernelSet.scalar();
  }

  private static KernelSet pick() {
    System.Logger log = System.getLogger("dev.kith");
    warnWithoutFma(log);
    String obstacle = obstacle();
    if (obstacle == null) {
      try {
        KernelSet found = panama();
        log.log(Level.DEBUG, "kernels: {0}", found.name());
        return found;
      } catch (ReflectiveOperationException | LinkageError e) {
        obstacle = String.valueOf(e.getMessage());
      }
    }
    log.log(
        Level.WARNING,
        "Kith runs without SIMD: "
            + obstacle
            + ". Results are the same, searches several times slower.");
    return KernelSet.scalar();
  }

  /** What stands against SIMD, or null. */
  private static @Nullable String obstacle() {
    Module vector = ModuleLayer.boot().findModule(VECTOR_MODULE).orElse(null);
    if (vector == null) {
      return "start java with --add-modules " + VECTOR_MODULE;
    }
    Kernels.class.getModule().addReads(vector);
    String vm = System.getProperty("java.vm.info", "");
    String highestTier = vmOption("TieredStopAtLevel");
    boolean withoutC2 = highestTier != null && Integer.parseInt(highestTier) < 4;
    if (withoutC2 || vm.contains("interpreted") || vm.contains("emulated-client")) {
      return "the JVM does not run C2: " + vm;
    }
    return null;
  }

  private static KernelSet panama() throws ReflectiveOperationException {
    try {
      Object set = Class.forName(PANAMA).getMethod("set").invoke(null);
      if (set instanceof KernelSet kernels) {
        return kernels;
      }
      throw new ClassNotFoundException("the CPU's vectors are shorter than 128 bits");
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof LinkageError linkage) {
        throw linkage;
      }
      throw e;
    }
  }

  /** Without the hardware instruction Math.fma is emulated, exactly but about 190 times slower. */
  private static void warnWithoutFma(System.Logger log) {
    if ("false".equals(vmOption("UseFMA"))) {
      log.log(
          Level.WARNING,
          "This CPU has no fused multiply-add (or the JVM runs with -XX:-UseFMA): Kith's results"
              + " are the same, computed about a hundred times slower");
    }
  }

  /** A HotSpot option, read by reflection because the management module may be absent. */
  private static @Nullable String vmOption(String name) {
    try {
      Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
      Class<?> beanType = Class.forName("com.sun.management.HotSpotDiagnosticMXBean");
      Object bean = factory.getMethod("getPlatformMXBean", Class.class).invoke(null, beanType);
      Object option = beanType.getMethod("getVMOption", String.class).invoke(bean, name);
      return (String) option.getClass().getMethod("getValue").invoke(option);
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      return null;
    }
  }
}
