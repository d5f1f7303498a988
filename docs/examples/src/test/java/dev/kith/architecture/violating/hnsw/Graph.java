package dev.kith.architecture.violating.hnsw;

public class Graph {}
