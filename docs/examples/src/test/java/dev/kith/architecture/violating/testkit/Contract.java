package dev.kith.architecture.violating.testkit;

public class Contract {}
