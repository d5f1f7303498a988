package dev.kith.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kith.CorruptIndexException;
import dev.kith.InsufficientMemoryException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are not what they say: a clean exception that names the place, nothing else. */
class TexmexHostileFileTest {
  private static final int ROWS = 4;
  private static final int COUNT = 5;

  @TempDir private Path folder;
  private Path file;

  enum Kind {
    FVECS(4, 65_536),
    BVECS(1, 65_536),
    IVECS(4, 1 << 24);

    final int elementBytes;
    final int maxCount;
    final int rowBytes;

    Kind(int elementBytes, int maxCount) {
      this.elementBytes = elementBytes;
      this.maxCount = maxCount;
      this.rowBytes = 4 + COUNT * elementBytes;
    }

    /** Reads the file and gives the number of rows. */
    int read(Path file) throws IOException {
      return switch (this) {
        case FVECS -> Texmex.readFvecs(file).size();
        case BVECS -> Texmex.readBvecs(file).size();
        case IVECS -> Texmex.readIvecs(file).length;
      };
    }

    byte[] sound() {
      ByteBuffer bytes = ByteBuffer.allocate(ROWS * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
      for (int row = 0; row < ROWS; row++) {
        bytes.putInt(COUNT);
        for (int i = 0; i < COUNT * elementBytes; i++) {
          bytes.put((byte) (row + i));
        }
      }
      return bytes.array();
    }
  }

  @BeforeEach
  void nameFile() {
    file = folder.resolve("hostile.vecs");
  }

  @ParameterizedTest
  @EnumSource
  void everyTruncationIsNoticed(Kind kind) throws IOException {
    byte[] sound = kind.sound();
    for (int length = 0; length < sound.length; length++) {
      Files.write(file, Arrays.copyOf(sound, length));
      int rows = length / kind.rowBytes;
      if (rows > 0 && length % kind.rowBytes == 0) {
        // Without a header a file cut between rows is a sound shorter one.
        assertThat(kind.read(file)).isEqualTo(rows);
      } else {
        int offset = rows * kind.rowBytes;
        assertThatThrownBy(() -> kind.read(file))
            .as("length %d", length)
            .isInstanceOfSatisfying(
                CorruptIndexException.class,
                e -> {
                  assertThat(e.file()).isEqualTo(file);
                  assertThat(e.offset()).isEqualTo(offset);
                });
      }
    }
    Files.write(file, sound);
    assertThat(kind.read(file)).isEqualTo(ROWS);
  }

  @ParameterizedTest
  @EnumSource
  void everyExtensionThatIsNoRowIsNoticed(Kind kind) throws IOException {
    byte[] sound = kind.sound();
    for (int extra = 1; extra < kind.rowBytes; extra++) {
      Files.write(file, Arrays.copyOf(sound, sound.length + extra));
      assertCorruptAt(kind, sound.length);
    }
    // A whole row of zeros has the wrong count.
    Files.write(file, Arrays.copyOf(sound, sound.length + kind.rowBytes));
    assertCorruptAt(kind, sound.length);
  }

  @ParameterizedTest
  @EnumSource
  void everyWrongCountIsNoticed(Kind kind) throws IOException {
    int[] counts = {
      0,
      -1,
      -5,
      1,
      COUNT - 1,
      COUNT + 1,
      65_536,
      65_537,
      1 << 24,
      (1 << 24) + 1,
      1 << 30,
      Integer.MAX_VALUE,
      Integer.MIN_VALUE,
      COUNT << 24
    };
    for (int row = 0; row < ROWS; row++) {
      int offset = row * kind.rowBytes;
      for (int count : counts) {
        byte[] bytes = kind.sound();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, count);
        Files.write(file, bytes);
        if (row > 0 || count < 1 || count > kind.maxCount) {
          assertCorruptAt(kind, offset);
        } else {
          assertThatThrownBy(() -> kind.read(file)).isInstanceOf(CorruptIndexException.class);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyChangedBitOfACountIsNoticed(Kind kind) throws IOException {
    for (int row = 0; row < ROWS; row++) {
      for (int bit = 0; bit < 32; bit++) {
        byte[] bytes = kind.sound();
        bytes[row * kind.rowBytes + bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(file, bytes);
        assertThatThrownBy(() -> kind.read(file))
            .as("row %d bit %d", row, bit)
            .isInstanceOf(CorruptIndexException.class);
      }
    }
  }

  @Test
  void messagesSayWhatIsWrong() throws IOException {
    byte[] bytes = Kind.FVECS.sound();
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> Texmex.readFvecs(file))
        .hasMessage(
            file
                + " at offset 72: expected rows of 24 bytes, 5 elements each, found 23 bytes to the"
                + " end of the file");
    bytes[48] = 4;
    Files.write(file, bytes);
    assertThatThrownBy(() -> Texmex.readFvecs(file))
        .hasMessage(
            file
                + " at offset 48: expected a row of 5 elements, as in row 0, found row 2 with a"
                + " count of 4");
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> Texmex.readFvecs(file))
        .hasMessage(
            file
                + " at offset 0: expected a row, which begins with 4 bytes, found 0 bytes to the"
                + " end of the file");
  }

  @Test
  void rowsBehindTheLimitAreNotLookedAt() throws IOException {
    byte[] bytes = Kind.FVECS.sound();
    bytes[48] = 4;
    Files.write(file, bytes);

    assertThat(Texmex.readFvecs(file, 2).size()).isEqualTo(2);
    assertThatThrownBy(() -> Texmex.readFvecs(file, 3)).isInstanceOf(CorruptIndexException.class);
  }

  @Test
  void aFileLargerThanTheHeapIsRefusedBeforeItIsRead() throws IOException {
    int count = 65_536;
    long rowBytes = 4 + 4L * count;
    long rows = 2 * Runtime.getRuntime().maxMemory() / rowBytes;
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.writeInt(Integer.reverseBytes(count));
      sparse.setLength(rows * rowBytes);
    } catch (IOException e) {
      assumeTrue(false, "no sparse files here: " + e.getMessage());
    }

    assertThatThrownBy(() -> Texmex.readFvecs(file))
        .isInstanceOfSatisfying(
            InsufficientMemoryException.class,
            e -> assertThat(e.needed()).isEqualTo(rows * count * 4))
        .hasMessageContaining(file.toString());
    assertThatThrownBy(() -> Texmex.readIvecs(file))
        .isInstanceOf(InsufficientMemoryException.class);
    // One row can be read; the next is a hole, with a count of zero.
    assertThat(Texmex.readFvecs(file, 1).dimension()).isEqualTo(count);
    assertThatThrownBy(() -> Texmex.readFvecs(file, 2)).isInstanceOf(CorruptIndexException.class);
  }

  @Test
  void limitsBelowOneAreRefused() {
    assertThatThrownBy(() -> Texmex.readFvecs(file, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit: 0, expected at least 1");
    assertThatThrownBy(() -> Texmex.readIvecs(file, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void errorsOfTheFileSystemComeAsTheyAre() {
    assertThatThrownBy(() -> Texmex.readFvecs(file)).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Texmex.readFvecs(folder)).isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> Texmex.writeIvecs(folder.resolve("none").resolve("a.ivecs"), new int[][] {{1}}))
        .isInstanceOf(NoSuchFileException.class);
  }

  private void assertCorruptAt(Kind kind, long offset) {
    assertThatThrownBy(() -> kind.read(file))
        .isInstanceOfSatisfying(
            CorruptIndexException.class, e -> assertThat(e.offset()).isEqualTo(offset));
  }
}
