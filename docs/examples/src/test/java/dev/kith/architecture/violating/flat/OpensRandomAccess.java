package dev.kith.architecture.violating.flat;

import java.io.IOException;
import java.io.RandomAccessFile;

class OpensRandomAccess {
  long length(RandomAccessFile file) throws IOException {
    return file.length();
  }
}
