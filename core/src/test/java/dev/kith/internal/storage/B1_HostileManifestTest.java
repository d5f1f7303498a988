package dev.kith.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Metric;
import dev.kith.OpenOptions;
import dev.kith.VectorIndexes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Manifests that an attacker made, checksum and all. */
class B1_HostileManifestTest {
  private static final int MAX = Integer.MAX_VALUE;
  private static final int[] INTS = {0, 1, -1, 2, 0x100, MAX, Integer.MIN_VALUE, 0x7fc00000};

  private TamperedIndex index;
  private Manifest.Entry sound;

  @BeforeEach
  void save() throws IOException {
    index = new TamperedIndex(SmallIndex.make(3, Metric.COSINE, 5, 1));
    ByteBuffer data = index.copy("flat-1.kith");
    sound = new Manifest.Entry(0, "flat", data.capacity(), data.getInt(data.capacity() - 4));
  }

  /** Every place is overwritten; there is no byte that may be something else. */
  @Test
  void everyNumberAtEveryPlaceIsNoticed() throws IOException {
    ByteBuffer good = index.copy(FileNames.MANIFEST);
    for (int at = 0; at + 4 <= good.capacity() - 4; at++) {
      for (int value : INTS) {
        ByteBuffer bad = index.copy(FileNames.MANIFEST);
        bad.putInt(at, value);
        if (!bad.equals(good)) {
          index.putManifest(bad);
          String damage = value + " at " + at + " of the manifest";
          index.assertNoticed(damage);
          index.assertNoticedMapped(damage);
          index.put(FileNames.MANIFEST, good);
        }
      }
    }
  }

  static List<Arguments> partLists() {
    return List.of(
        Arguments.of("no part", bytes(0)),
        Arguments.of("a negative count", bytes(-1, "", "flat")),
        Arguments.of("more parts than there are", bytes(2, "", "flat")),
        Arguments.of("as many parts as an int can say", bytes(MAX, "", "flat")),
        Arguments.of("a million parts and one", bytes((1 << 20) + 1, "", "flat")),
        Arguments.of("fewer parts than there are", bytes(1, "", "flat", "a", "flat")),
        Arguments.of("an outermost part with a name", bytes(1, "a", "flat")),
        Arguments.of("an inner part without a name", bytes(2, "", "flat", "", "flat")),
        Arguments.of("two parts of a name", bytes(3, "", "flat", "a", "flat", "a", "flat")),
        Arguments.of("a part without a type", bytes(1, "", "")),
        Arguments.of("a type of 65 letters", bytes(1, "", "a".repeat(65))),
        Arguments.of("a name of a negative length", bytes(1, -1, "flat")),
        Arguments.of("a name as long as an int can say", bytes(1, MAX, "flat")),
        Arguments.of("a name that goes beyond the section", bytes(1, 60, "flat")),
        Arguments.of("a type that goes beyond the section", bytes(1, "", 5, 'f')),
        Arguments.of("a type with a capital", bytes(1, "", "Flat")),
        Arguments.of("half a count", new byte[] {1, 0}),
        Arguments.of("an empty section", new byte[0]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("partLists")
  void aListOfPartsThatCannotBeIsNoticed(String damage, byte[] parts) throws IOException {
    putManifest(parts, bytes(1, 0, "flat", sound.length(), sound.crc()));
    index.assertNoticed(damage);
    index.assertNoticedMapped(damage);
  }

  static List<Arguments> badFileNames() {
    return List.of(
            "",
            "/",
            "..",
            "../flat",
            "a/b",
            "a\\b",
            "C:",
            "flat.kith",
            "Flat",
            "fl at",
            "flat\0",
            "fl\u00e4t",
            "~",
            "*",
            "manifest\n",
            "a".repeat(65))
        .stream()
        .map(Arguments::of)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("badFileNames")
  void aNameThatNoFileHasIsNoticed(String name) throws IOException {
    putManifest(bytes(1, "", "flat"), bytes(1, 0, name, sound.length(), sound.crc()));
    index.assertNoticed("a file called " + name);
    index.assertNoticedMapped("a file called " + name);
    putManifest(
        bytes(2, "", "flat", name, "flat"), bytes(1, 0, "flat", sound.length(), sound.crc()));
    index.assertNoticed("a part called " + name);
    putManifest(bytes(1, "", name), bytes(1, 0, "flat", sound.length(), sound.crc()));
    index.assertNoticed("a type called " + name);
  }

  @Test
  void aListOfFilesThatCannotBeIsNoticed() throws IOException {
    List<Object> file = List.of(0, "flat", sound.length(), sound.crc());
    for (int count : new int[] {0, -1, 2, MAX, Integer.MIN_VALUE, (1 << 20) + 1}) {
      assertFilesNoticed("a count of " + count, with(List.of(count), file));
    }
    for (int part : new int[] {-1, 1, 2, MAX, Integer.MIN_VALUE}) {
      assertFilesNoticed(
          "a file of part " + part, List.of(1, part, "flat", sound.length(), sound.crc()));
    }
    for (long length :
        new long[] {0, 1, -1, sound.length() - 1, sound.length() + 1, 1L << 31, Long.MAX_VALUE}) {
      assertFilesNoticed("a length of " + length, List.of(1, 0, "flat", length, sound.crc()));
    }
    for (int crc : new int[] {0, -1, ~sound.crc(), sound.crc() + 1}) {
      assertFilesNoticed("a checksum of " + crc, List.of(1, 0, "flat", sound.length(), crc));
    }
    assertFilesNoticed("the same file twice", with(List.of(2), with(file, file)));
    assertFilesNoticed("a byte too many", with(with(List.of(1), file), List.of('x')));
    assertFilesNoticed("a file cut short", List.of(1, 0, "flat", sound.length()));
    assertFilesNoticed("another file", List.of(1, 0, "tree", sound.length(), sound.crc()));
  }

  /** Nobody reads the second file, but its length is added to the others. */
  @Test
  void lengthsOfFilesThatNobodyReadsAreHeldAgainstTheFormat() throws IOException {
    List<Object> file = List.of(2, 0, "flat", sound.length(), sound.crc());
    for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 0, 1}) {
      assertFilesNoticed("an unread " + length, with(file, List.of(0, "more", length, 0)));
    }
  }

  @Test
  void missingAndRepeatedSectionsAreNoticed() throws IOException {
    byte[] parts = bytes(1, "", "flat");
    byte[] files = bytes(1, 0, "flat", sound.length(), sound.crc());
    for (int[] ids :
        new int[][] {{}, {1}, {2}, {1, 1}, {2, 2}, {3, 4}, {1, 2, 1}, {1, 2, 2}, {2, 1, 1}}) {
      List<byte[]> sections = new ArrayList<>();
      for (int id : ids) {
        sections.add(id == 1 ? parts : files);
      }
      index.put(FileNames.MANIFEST, file(1, ids, sections));
      index.assertNoticed("sections " + Arrays.toString(ids));
      index.assertNoticedMapped("sections " + Arrays.toString(ids));
    }
  }

  @Test
  void generationsThatCannotBeAreNoticed() throws IOException {
    byte[] parts = bytes(1, "", "flat");
    byte[] files = bytes(1, 0, "flat", sound.length(), sound.crc());
    for (long generation : new long[] {0, -1, 2, Long.MAX_VALUE, Long.MIN_VALUE}) {
      index.put(FileNames.MANIFEST, file(generation, new int[] {1, 2}, List.of(parts, files)));
      index.assertNoticed("generation " + generation);
      index.assertNoticedMapped("generation " + generation);
    }
  }

  /** A type of which no module is there is no damage: the message names what is missing. */
  @Test
  void anUnknownTypeNamesTheMissingArtifact() throws IOException {
    putManifest(bytes(1, "", "tree"), bytes(1, 0, "flat", sound.length(), sound.crc()));
    assertThat(index.failure(() -> VectorIndexes.open(TamperedIndex.DIRECTORY)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("dev.kith:kith-tree");
  }

  /** A long list takes as long as it takes to read it. */
  @Test
  void longListsAreReadQuickly() throws IOException {
    int many = 300_000;
    List<Object> parts = new ArrayList<>(List.of(many, "", "flat"));
    List<Object> files = new ArrayList<>(List.of(many, 0, "flat", sound.length(), sound.crc()));
    for (int i = 1; i < many; i++) {
      parts.addAll(List.of("p" + i, "flat"));
      files.addAll(List.of(0, "f" + i, sound.length(), 0));
    }
    putManifest(bytes(parts.toArray()), bytes(files.toArray()));
    long start = System.nanoTime();
    index.run(() -> VectorIndexes.open(TamperedIndex.DIRECTORY, OpenOptions.mapped()).close());
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  private void assertFilesNoticed(String damage, List<Object> files) throws IOException {
    putManifest(bytes(1, "", "flat"), bytes(files.toArray()));
    index.assertNoticed(damage);
    index.assertNoticedMapped(damage);
  }

  private void putManifest(byte[] parts, byte[] files) throws IOException {
    index.put(FileNames.MANIFEST, file(1, new int[] {1, 2}, List.of(parts, files)));
  }

  private static List<Object> with(List<Object> first, List<Object> more) {
    List<Object> all = new ArrayList<>(first);
    all.addAll(more);
    return all;
  }

  /** A manifest file around whatever is said to be its sections. */
  private static ByteBuffer file(long generation, int[] ids, List<byte[]> contents)
      throws IOException {
    MemoryStorage disk = new MemoryStorage(Path.of("/disk"));
    Path path = Path.of("/disk/file");
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      sections.add(new Section(ids[i], contents.get(i).length));
    }
    try (Storage.Output output = disk.create(path);
        FileWriter writer = new FileWriter(output, FileType.MANIFEST, generation, sections)) {
      for (int i = 0; i < ids.length; i++) {
        writer.begin(ids[i]);
        writer.putBytes(contents.get(i));
      }
      writer.finish();
    }
    return ByteBuffer.wrap(disk.bytes(path));
  }

  /** Ints, longs, characters as bytes, and texts behind their length. */
  private static byte[] bytes(Object... values) {
    ByteBuffer bytes = ByteBuffer.allocate(40 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (Object value : values) {
      switch (value) {
        case Integer number -> bytes.putInt(number);
        case Long number -> bytes.putLong(number);
        case Character letter -> bytes.put((byte) (char) letter);
        case String text -> {
          byte[] letters = text.getBytes(StandardCharsets.ISO_8859_1);
          bytes.putInt(letters.length).put(letters);
        }
        default -> throw new IllegalArgumentException("" + value);
      }
    }
    byte[] written = new byte[bytes.flip().remaining()];
    bytes.get(written);
    return written;
  }
}
