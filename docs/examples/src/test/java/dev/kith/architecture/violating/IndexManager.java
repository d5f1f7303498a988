package dev.kith.architecture.violating;

class IndexManager {}
