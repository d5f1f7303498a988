package dev.kith.architecture.violating;

import java.io.Serializable;

class Stored implements Serializable {
  private static final long serialVersionUID = 1;
}
