package dev.kith.internal.idmap;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One writer and one reader of an id map, switched at any step: some order of the calls explains
 * every result, also while the table is replaced.
 */
@Tag("simd-only") // about order, not about numbers: once is enough
public class C1_IdMapLincheckTest {
  static final int ITERATIONS = Boolean.getBoolean("kith.long") ? 100 : 20;
  static final int INVOCATIONS = Boolean.getBoolean("kith.long") ? 10_000 : 100;

  /** Ids that leave room for one more in the smallest table. */
  private static final int BEFORE = 9;

  private final IdMap map = new IdMap();

  /** An object for each interleaving. */
  public C1_IdMapLincheckTest() {
    for (int i = 0; i < BEFORE; i++) {
      map.put(100 + i, i);
    }
  }

  @Operation(nonParallelGroup = "writer")
  public int put(int id, int row) {
    return map.put(id & 1, row & 3);
  }

  @Operation(nonParallelGroup = "writer")
  public int remove(int id) {
    return map.remove(id & 1);
  }

  @Operation
  public int get(int id) {
    return map.get(id & 1);
  }

  @Test
  void someOrderOfTheCallsExplainsTheResults() {
    check(C1_IdMapLincheckTest.class);
  }

  static void check(Class<?> test) {
    new ModelCheckingOptions()
        .iterations(ITERATIONS)
        .invocationsPerIteration(INVOCATIONS)
        .threads(2)
        .actorsPerThread(3)
        .check(test);
  }
}
