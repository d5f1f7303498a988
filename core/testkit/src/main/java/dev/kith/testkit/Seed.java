package dev.kith.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a {@code long} parameter of a JUnit test that takes a fresh seed in every run.
 *
 * <p>When the test fails, its stack trace ends with {@code repeat with -Dkith.seed=...}; that
 * system property then gives every test the seed of the failure. Nothing else has to be registered.
 *
 * {@snippet file="dev/kith/examples/testkit/SeededTest.java" region="seed"}
 *
 * @see TestVectors data sets from a seed
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SeedExtension.class)
public @interface Seed {}
