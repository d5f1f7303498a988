package dev.kith.architecture.violating.flat;

import java.io.FileInputStream;
import java.io.IOException;

class OpensStreams {
  int read(String name) throws IOException {
    try (FileInputStream in = new FileInputStream(name)) {
      return in.read();
    }
  }
}
