package dev.kith.architecture.violating.flat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ReadsFiles {
  byte[] read(Path path) throws IOException {
    return Files.readAllBytes(path);
  }
}
