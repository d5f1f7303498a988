/**
 * Fixtures for tests that use vector indexes: assertions, small data sets and the contract that
 * every index type keeps. Belongs on the test class path; JUnit 5 and AssertJ come with it.
 */
module dev.kith.testkit {
  requires transitive dev.kith.core;
  requires transitive org.assertj.core;
  requires transitive org.junit.jupiter.api;
  requires static org.jspecify;

  exports dev.kith.testkit;

  opens dev.kith.testkit to
      org.junit.platform.commons;
}
