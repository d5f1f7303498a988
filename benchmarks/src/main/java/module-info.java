/** JMH micro-benchmarks. */
module dev.kith.benchmarks {
  requires dev.kith.core;
  requires jdk.incubator.vector;
  requires jmh.core;
}
