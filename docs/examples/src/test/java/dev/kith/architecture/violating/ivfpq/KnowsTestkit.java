package dev.kith.architecture.violating.ivfpq;

import dev.kith.architecture.violating.testkit.Contract;

class KnowsTestkit {
  Contract contract = new Contract();
}
