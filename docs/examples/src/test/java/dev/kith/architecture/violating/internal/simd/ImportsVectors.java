package dev.kith.architecture.violating.internal.simd;

import jdk.incubator.vector.FloatVector;

class ImportsVectors {
  int lanes() {
    return FloatVector.SPECIES_PREFERRED.length();
  }
}
