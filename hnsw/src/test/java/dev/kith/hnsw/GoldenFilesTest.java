package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.OpenMode;
import dev.kith.OpenOptions;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.internal.storage.FileType;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Indexes that were saved by every version are opened for ever, to the last bit. */
class GoldenFilesTest {
  @TempDir private Path folder;

  static List<Arguments> versionsAndMetrics() {
    List<Arguments> all = new ArrayList<>();
    for (int version = 1; version <= FileType.HNSW.version(); version++) {
      for (Metric metric : Metric.values()) {
        all.add(Arguments.of(version, metric));
      }
    }
    return all;
  }

  private static String describe(VectorIndex index) {
    return DescribedIndex.describe(index, GoldenFiles.requests());
  }

  @ParameterizedTest
  @MethodSource("versionsAndMetrics")
  void anIndexOfEveryVersionOpensAndAnswersAsEver(int version, Metric metric) throws Exception {
    String expected = Files.readString(golden(GoldenFiles.name(version, metric) + ".txt"));
    Path copy = copy(GoldenFiles.name(version, metric));
    for (OpenMode mode : OpenMode.values()) {
      try (VectorIndex index = VectorIndexes.open(copy, new OpenOptions(mode, false))) {
        assertThat(describe(index)).as("%s", mode).isEqualTo(expected);
        assertThat(index.stats().generation()).isEqualTo(1);
      }
    }
    assertThat(VectorIndexes.check(copy).problems()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("versionsAndMetrics")
  void anIndexOfEveryVersionIsWrittenOn(int version, Metric metric) throws Exception {
    String expected = Files.readString(golden(GoldenFiles.name(version, metric) + ".txt"));
    Path copy = copy(GoldenFiles.name(version, metric));
    String changed;
    try (MutableVectorIndex writer = VectorIndexes.openForWriting(copy)) {
      assertThat(describe(writer)).isEqualTo(expected);
      assertThat(writer.add(12, GoldenFiles.vector(80))).isTrue();
      assertThat(writer.remove(-1)).isTrue();
      writer.save(copy);
      changed = describe(writer);
    }
    try (VectorIndex index = VectorIndexes.open(copy)) {
      assertThat(describe(index)).isEqualTo(changed).isNotEqualTo(expected);
      assertThat(index.stats().generation()).isEqualTo(2);
    }
    assertThat(VectorIndexes.check(copy).problems()).isEmpty();
  }

  /** A graph may be built in a better way and needs no new version; a layout that changes does. */
  @ParameterizedTest
  @EnumSource
  void theSameGraphIsWrittenByteForByte(Metric metric) throws Exception {
    Path golden = golden(GoldenFiles.name(FileType.HNSW.version(), metric));
    Path read = folder.resolve("read");
    Path edited = folder.resolve("edited");
    try (VectorIndex index = VectorIndexes.open(golden)) {
      index.save(read);
    }
    try (MutableVectorIndex index = VectorIndexes.openForWriting(copy(golden.getFileName() + ""))) {
      index.save(edited);
    }
    assertThat(names(golden)).containsExactly("hnsw-1.kith", "manifest");
    for (Path written : List.of(read, edited)) {
      assertThat(names(written)).containsExactly("hnsw-1.kith", "manifest", "write.lock");
      for (String name : names(golden)) {
        assertThat(written.resolve(name))
            .as("a layout that has changed needs a new version")
            .hasSameBinaryContentAs(golden.resolve(name));
      }
    }
  }

  @Test
  void theGeneratorMakesThisContent() throws Exception {
    GoldenFiles.main(new String[] {folder.toString()});
    for (Metric metric : Metric.values()) {
      String name = GoldenFiles.name(FileType.HNSW.version(), metric);
      assertThat(folder.resolve(name + ".txt")).hasSameTextualContentAs(golden(name + ".txt"));
      assertThat(names(folder.resolve(name))).containsExactlyElementsOf(names(golden(name)));
    }
  }

  private Path copy(String name) throws IOException, URISyntaxException {
    Path copy = Files.createDirectory(folder.resolve(name));
    for (String file : names(golden(name))) {
      Files.copy(golden(name).resolve(file), copy.resolve(file));
    }
    return copy;
  }

  private static Path golden(String name) throws URISyntaxException {
    URL url = GoldenFilesTest.class.getResource("/golden/" + name);
    assertThat(url).as("golden/%s; see docs/format/README.md", name).isNotNull();
    return Path.of(url.toURI());
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> "" + file.getFileName()).sorted().toList();
    }
  }
}
