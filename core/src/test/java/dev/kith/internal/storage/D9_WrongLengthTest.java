package dev.kith.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.CorruptIndexException;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.OpenOptions;
import dev.kith.VectorIndexes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file that was cut or has grown, is missing, or comes from another save, is noticed. The tests
 * of other index types inherit these.
 */
public class D9_WrongLengthTest {
  @TempDir private Path folder;

  /** The type name of the indexes that are tested. */
  protected String type() {
    return "flat";
  }

  /** An index of that type, whose content depends on every argument. */
  protected MutableVectorIndex make(int dimension, Metric metric, int vectors, int kind) {
    return SmallIndex.make(dimension, metric, vectors, kind);
  }

  @Test
  void everyTruncationAndExtensionIsNoticed() throws IOException {
    TamperedIndex index = new TamperedIndex(make(3, Metric.COSINE, 5, 1));
    for (String file : index.files()) {
      ByteBuffer good = index.copy(file);
      int length = good.capacity();
      for (int other = 0; other <= length + 200; other++) {
        if (other != length) {
          index.put(file, resized(good, other));
          String damage = file + " of " + length + " bytes has " + other;
          index.assertNoticed(damage);
          index.assertNoticedMapped(damage);
        }
      }
      index.put(file, good);
    }
    index.run(() -> assertThat(VectorIndexes.check(TamperedIndex.DIRECTORY).problems()).isEmpty());
  }

  @Test
  void aFileAppendedToItselfIsNoticed() throws IOException {
    TamperedIndex index = new TamperedIndex(make(3, Metric.L2, 5, 1));
    for (String file : index.files()) {
      ByteBuffer good = index.copy(file);
      ByteBuffer twice = resized(good, 2 * good.capacity());
      twice.put(good.capacity(), good.array());
      index.put(file, twice);
      index.assertNoticed("twice " + file);
      index.assertNoticedMapped("twice " + file);
      index.put(file, good);
    }
  }

  @Test
  void aMissingDataFileIsDamage() throws IOException {
    TamperedIndex index = new TamperedIndex(make(3, Metric.L2, 5, 1));
    index.delete(type() + "-1.kith");
    index.assertNoticed("no data file");
    index.assertNoticedMapped("no data file");
    assertThat(index.failure(() -> VectorIndexes.open(TamperedIndex.DIRECTORY).close()))
        .isInstanceOf(CorruptIndexException.class)
        .hasMessageContaining(type() + "-1.kith");
  }

  /** Every byte of the wrong file is sound; only the manifest tells that it does not belong. */
  @Test
  void aFileOfAnotherSaveIsNoticed() throws IOException {
    var changing = make(3, Metric.L2, 5, 1);
    TamperedIndex first = new TamperedIndex(changing);
    TamperedIndex twin = new TamperedIndex(make(3, Metric.L2, 5, 2));
    ByteBuffer good = first.copy(type() + "-1.kith");
    first.put(type() + "-1.kith", twin.copy(type() + "-1.kith"));
    first.assertNoticed("the file of an index with other vectors");
    first.assertNoticedMapped("the file of an index with other vectors");
    first.put(type() + "-1.kith", good);

    TamperedIndex later = new TamperedIndex(changing);
    later.run(() -> changing.save(TamperedIndex.DIRECTORY));
    long generation = changing.stats().generation();
    ByteBuffer same = later.copy(type() + "-" + generation + ".kith");
    assertThat(same.getLong(Container.GENERATION_AT)).isEqualTo(generation).isNotEqualTo(1);
    first.put(type() + "-1.kith", same);
    first.assertNoticed("the file of another generation");
    first.assertNoticedMapped("the file of another generation");
    first.putData(type() + "-1.kith", same);
    first.assertNoticed("the file of another generation under a manifest that means it");
    first.assertNoticedMapped("the file of another generation under a manifest that means it");
  }

  @Test
  void aManifestOfAnotherGenerationIsNoticed() throws IOException {
    var index = make(3, Metric.L2, 5, 1);
    TamperedIndex stored = new TamperedIndex(index);
    ByteBuffer former = stored.copy(FileNames.MANIFEST);
    index.add(1, SmallIndex.vector(3, 9));
    stored.run(() -> index.save(TamperedIndex.DIRECTORY));
    stored.put(FileNames.MANIFEST, former);
    stored.assertNoticed("the manifest of the generation before");
    stored.assertNoticedMapped("the manifest of the generation before");
  }

  @Test
  void aManifestInPlaceOfADataFileAndViceVersaIsNoticed() throws IOException {
    TamperedIndex index = new TamperedIndex(make(3, Metric.L2, 5, 1));
    ByteBuffer manifest = index.copy(FileNames.MANIFEST);
    ByteBuffer data = index.copy(type() + "-1.kith");
    index.put(type() + "-1.kith", manifest);
    index.assertNoticed("a manifest as data");
    index.putData(type() + "-1.kith", manifest);
    index.assertNoticed("a manifest as data, meant by the manifest");
    index.assertNoticedMapped("a manifest as data, meant by the manifest");
    index.put(type() + "-1.kith", data);
    index.put(FileNames.MANIFEST, data);
    index.assertNoticed("data as a manifest");
    index.assertNoticedMapped("data as a manifest");
  }

  /** Real files and real mappings: a short file must be refused, not touched. */
  @Test
  void aTruncatedFileIsNotMapped() throws IOException {
    Path directory = folder.resolve("index");
    make(3, Metric.COSINE, 300, 1).save(directory);
    Path data = directory.resolve(type() + "-1.kith");
    byte[] good = Files.readAllBytes(data);
    assertThat(good.length).isGreaterThan(3 * 4096);
    for (int length = 0; length < good.length; length += 509) {
      Files.write(data, Arrays.copyOf(good, length));
      assertThatThrownBy(() -> VectorIndexes.open(directory, OpenOptions.mapped()))
          .as("%s of %s bytes", length, good.length)
          .isInstanceOf(CorruptIndexException.class);
    }
  }

  private static ByteBuffer resized(ByteBuffer bytes, int length) {
    return ByteBuffer.wrap(Arrays.copyOf(bytes.array(), length)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
