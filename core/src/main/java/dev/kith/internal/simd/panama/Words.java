package dev.kith.internal.simd.panama;

import dev.kith.internal.simd.CodeRows;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** The vectors of longs in which rows of codes are read: a group, or a half or a quarter of it. */
final class Words {
  static final VectorSpecies<Long> SPECIES =
      LongVector.SPECIES_PREFERRED.length() > CodeRows.GROUP
          ? LongVector.SPECIES_512
          : LongVector.SPECIES_PREFERRED;

  private Words() {}
}
