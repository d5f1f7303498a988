package dev.kith.testkit;

import dev.kith.BulkOptions;
import dev.kith.IndexLockedException;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.VectorSource;
import dev.kith.flat.FlatIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Indexes that break one promise about files each, and the row of the contract that must notice.
 */
enum SaveMutant {
  LEAVES_OUT_AN_ID("savedIndexAnswersTheSame") {
    @Override
    void save(ForwardingIndex broken, Path directory) throws IOException {
      try (FlatIndex copy = broken.copy()) {
        copy.remove(Long.MIN_VALUE);
        copy.save(directory);
      }
    }
  },

  SAVES_ONE_BIT_DIFFERENTLY("savedIndexAnswersTheSame") {
    @Override
    void save(ForwardingIndex broken, Path directory) throws IOException {
      try (FlatIndex copy = broken.copy()) {
        float[] vector = copy.vector(-1);
        vector[0] = Math.nextUp(vector[0]);
        copy.add(-1, vector);
        copy.save(directory);
      }
    }
  },

  DOES_NOT_COUNT_GENERATIONS("savedGenerationsAreCounted") {
    @Override
    void save(ForwardingIndex broken, Path directory) throws IOException {
      try (FlatIndex copy = broken.copy()) {
        copy.save(directory);
      }
    }
  },

  DELETES_WHAT_IS_IN_THE_WAY("savedNowhereNearForeignFiles") {
    @Override
    void save(ForwardingIndex broken, Path directory) throws IOException {
      if (Files.isDirectory(directory)) {
        try (Stream<Path> files = Files.list(directory)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
      }
      broken.index.save(directory);
    }
  },

  DOES_NOTHING_WHEN_LOCKED("savedDirectoryHasOneWriter") {
    @Override
    void save(ForwardingIndex broken, Path directory) throws IOException {
      try {
        broken.index.save(directory);
      } catch (IndexLockedException e) {
        return;
      }
    }
  },

  ADDS_IN_AN_ORDER_THAT_DEPENDS_ON_THREADS("savedBytesAreTheSameForAnyNumberOfThreads") {
    @Override
    void addAll(ForwardingIndex broken, VectorSource source, BulkOptions options) {
      if (options.threads() == 8) {
        float[] vector = new float[broken.dimension()];
        for (int row = source.size() - 1; row >= 0; row--) {
          source.copy(row, vector);
          broken.add(source.id(row), vector);
        }
      } else {
        broken.index.addAll(source, options);
      }
    }
  };

  private final String row;

  SaveMutant(String row) {
    this.row = row;
  }

  void save(ForwardingIndex broken, Path directory) throws IOException {
    broken.index.save(directory);
  }

  void addAll(ForwardingIndex broken, VectorSource source, BulkOptions options) {
    broken.index.addAll(source, options);
  }

  final MutableVectorIndex create(int dimension, Metric metric) {
    return new ForwardingIndex(dimension, metric) {
      @Override
      public void save(Path directory) throws IOException {
        SaveMutant.this.save(this, directory);
      }

      @Override
      public void addAll(VectorSource source, BulkOptions options) {
        SaveMutant.this.addAll(this, source, options);
      }
    };
  }

  /** The test of the contract that must fail. */
  String row() {
    return row;
  }
}
