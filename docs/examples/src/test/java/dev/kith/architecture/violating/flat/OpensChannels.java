package dev.kith.architecture.violating.flat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

class OpensChannels {
  long size(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      return channel.size();
    }
  }
}
