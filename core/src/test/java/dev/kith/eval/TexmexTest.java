package dev.kith.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.VectorSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TexmexTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("some.vecs");
  }

  @Test
  void floatsComeBackBitForBit() throws IOException {
    float[][] rows = {{0f, -0f, Float.MIN_VALUE}, {Float.MAX_VALUE, Float.NEGATIVE_INFINITY, 1.5f}};

    Texmex.writeFvecs(file, VectorSource.of(rows), 3);
    PackedVectors read = Texmex.readFvecs(file);

    assertThat(read.size()).isEqualTo(2);
    assertThat(read.dimension()).isEqualTo(3);
    assertThat(read.toArrays()).isDeepEqualTo(rows);
    assertThat(Float.floatToRawIntBits(read.toArrays()[0][1])).isEqualTo(0x8000_0000);
    assertThat(read.id(1)).isEqualTo(1);
  }

  @Test
  void fvecsAreLittleEndianCountThenFloats() throws IOException {
    Texmex.writeFvecs(file, VectorSource.of(new float[][] {{1f, 2f}, {-1f, 0.5f}}), 2);

    assertThat(HexFormat.of().formatHex(Files.readAllBytes(file)))
        .isEqualTo("02000000" + "0000803f" + "00000040" + "02000000" + "000080bf" + "0000003f");
  }

  @Test
  void ivecsAreLittleEndianCountThenInts() throws IOException {
    int[][] rows = {{1, -2}, {Integer.MAX_VALUE, Integer.MIN_VALUE}};

    Texmex.writeIvecs(file, rows);

    assertThat(HexFormat.of().formatHex(Files.readAllBytes(file)))
        .isEqualTo("02000000" + "01000000" + "feffffff" + "02000000" + "ffffff7f" + "00000080");
    assertThat(Texmex.readIvecs(file)).isDeepEqualTo(rows);
  }

  @Test
  void bytesAreUnsigned() throws IOException {
    Files.write(file, HexFormat.of().parseHex("03000000" + "007fff" + "03000000" + "800102"));

    PackedVectors read = Texmex.readBvecs(file);

    assertThat(read.toArrays()).isDeepEqualTo(new float[][] {{0, 127, 255}, {128, 1, 2}});
  }

  @Test
  void aLimitReadsTheFirstRows() throws IOException {
    float[][] rows = {{1}, {2}, {3}};
    Texmex.writeFvecs(file, VectorSource.of(rows), 1);
    assertThat(Texmex.readFvecs(file, 2).toArrays()).isDeepEqualTo(new float[][] {{1}, {2}});
    assertThat(Texmex.readFvecs(file, 9).toArrays()).isDeepEqualTo(rows);

    Texmex.writeIvecs(file, new int[][] {{1}, {2}, {3}});
    assertThat(Texmex.readIvecs(file, 1)).isDeepEqualTo(new int[][] {{1}});

    Files.write(file, HexFormat.of().parseHex("0100000007" + "0100000008"));
    assertThat(Texmex.readBvecs(file, 1).toArrays()).isDeepEqualTo(new float[][] {{7}});
  }

  @Test
  void manyRowsSpanReadBuffers() throws IOException {
    Random random = new Random(42);
    float[][] rows = new float[30_011][13];
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextFloat();
      }
    }

    Texmex.writeFvecs(file, VectorSource.of(rows), 13);

    assertThat(Texmex.readFvecs(file).toArrays()).isDeepEqualTo(rows);
  }

  @Test
  void longRowsSpanChunksOfMemory() throws IOException {
    int dimension = 65_536;
    int rows = 131;
    ByteBuffer bytes = ByteBuffer.allocate(rows * (4 + dimension)).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < rows; row++) {
      bytes.putInt(dimension);
      for (int i = 0; i < dimension; i++) {
        bytes.put((byte) (row + i * 3));
      }
    }
    Files.write(file, bytes.array());

    PackedVectors read = Texmex.readBvecs(file);

    float[] row = new float[dimension];
    for (int r : new int[] {0, 63, 64, 127, 128, 130}) {
      read.copy(r, row);
      for (int i = 0; i < dimension; i++) {
        assertThat(row[i]).isEqualTo((r + i * 3) & 0xFF);
      }
    }
    Texmex.writeFvecs(file, read, dimension);
    assertThat(Texmex.readFvecs(file).toArrays()).isDeepEqualTo(read.toArrays());
  }

  @Test
  void packedVectorsCheckTheirArguments() throws IOException {
    Texmex.writeFvecs(file, VectorSource.of(new float[][] {{1, 2}}), 2);
    PackedVectors read = Texmex.readFvecs(file);

    assertThatThrownBy(() -> read.copy(0, new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the vector has dimension 2, expected 3");
    assertThatThrownBy(() -> read.copy(1, new float[2]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> read.id(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(read).hasToString("PackedFloats[1 x 2]");
  }

  @Test
  void writersRefuseWhatReadersWould() {
    assertThatThrownBy(() -> Texmex.writeFvecs(file, VectorSource.of(new float[0][]), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("vectors: empty, expected at least one row");
    assertThatThrownBy(() -> Texmex.writeFvecs(file, VectorSource.of(new float[1][2]), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dimension: 0");
    assertThatThrownBy(() -> Texmex.writeIvecs(file, new int[0][]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Texmex.writeIvecs(file, new int[][] {{}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows: row 0 has 0 elements, expected 1 to 16777216");
    assertThatThrownBy(() -> Texmex.writeIvecs(file, new int[][] {{1, 2}, {3}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows: row 1 has 1 elements, row 0 has 2");
    assertThat(file).doesNotExist();
  }

  @Test
  void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
    Texmex.writeFvecs(file, VectorSource.of(new float[][] {{1, 2}}), 2);

    assertThatThrownBy(
            () -> Texmex.writeFvecs(file, VectorSource.of(new float[][] {{3, 4}, {5}}), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("vectors: row 1: the vector has dimension 1, expected 2");

    assertThat(Texmex.readFvecs(file).toArrays()).isDeepEqualTo(new float[][] {{1, 2}});
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFailedFirstWriteLeavesNothing() {
    assertThatThrownBy(() -> Texmex.writeFvecs(file, VectorSource.of(new float[][] {{3}}), 2))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(folder).isEmptyDirectory();
  }
}
