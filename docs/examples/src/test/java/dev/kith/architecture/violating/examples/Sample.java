package dev.kith.architecture.violating.examples;

public class Sample {}
