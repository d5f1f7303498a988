package dev.kith.examples.quickstart;

import dev.kith.VectorIndexes;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that keeps an indexed corpus between two runs: Kith's index directory, and beside it
 * what an index does not hold, the passages and the exam. The seal, written last, says what all of
 * this was made from and how the files beside the index look; a folder without the right seal
 * counts as empty.
 *
 * @param folder where everything is
 */
record SavedCorpus(Path folder) {

  /** Returns the directory that belongs to the index alone. */
  Path index() {
    return folder.resolve("index");
  }

  /**
   * Returns when the folder was sealed with this fingerprint, if it was.
   *
   * @throws IOException if it was, but its files are damaged
   */
  Optional<Instant> sealedWith(Fingerprint fingerprint) throws IOException {
    if (!Files.exists(seal())) {
      return Optional.empty();
    }
    try (var in = input(seal())) {
      if (!in.readUTF().equals(fingerprint.hex())) {
        return Optional.empty();
      }
      if (!in.readUTF().equals(filesBesideIndex())) {
        throw new IOException("another content than was sealed: " + folder);
      }
      VectorIndexes.open(index()).close();
      return Optional.of(Instant.ofEpochMilli(in.readLong()));
    }
  }

  /** Breaks the seal, then deletes what it sealed. */
  void clear() throws IOException {
    Files.createDirectories(index());
    Files.deleteIfExists(seal());
    Files.deleteIfExists(passagesFile());
    Files.deleteIfExists(examFile());
    try (Stream<Path> files = Files.list(index())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  /** Writes what belongs beside the index; the position of a passage is its id in the index. */
  void write(List<Passage> passages, Exam exam) throws IOException {
    write(
        passagesFile(),
        out -> {
          out.writeInt(passages.size());
          for (Passage passage : passages) {
            passage.writeTo(out);
          }
        });
    write(examFile(), exam::writeTo);
  }

  /** Says that everything is in place, and what it was made from. */
  void sealWith(Fingerprint fingerprint) throws IOException {
    Path draft = folder.resolve("seal.draft");
    write(
        draft,
        out -> {
          out.writeUTF(fingerprint.hex());
          out.writeUTF(filesBesideIndex());
          out.writeLong(System.currentTimeMillis());
        });
    Files.move(draft, seal(), StandardCopyOption.ATOMIC_MOVE);
  }

  List<Passage> passages() throws IOException {
    try (var in = input(passagesFile())) {
      int count = in.readInt();
      List<Passage> passages = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        passages.add(Passage.readFrom(in));
      }
      return passages;
    }
  }

  Exam exam() throws IOException {
    try (var in = input(examFile())) {
      return Exam.readFrom(in);
    }
  }

  private String filesBesideIndex() throws IOException {
    return new Fingerprint().add(passagesFile()).add(examFile()).hex();
  }

  private Path passagesFile() {
    return folder.resolve("passages");
  }

  private Path examFile() {
    return folder.resolve("exam");
  }

  private Path seal() {
    return folder.resolve("seal");
  }

  private static DataInputStream input(Path file) throws IOException {
    return new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
  }

  /** Writes a file and waits until the disk has it. */
  private static void write(Path file, Content content) throws IOException {
    try (var bytes = new FileOutputStream(file.toFile());
        var out = new DataOutputStream(new BufferedOutputStream(bytes))) {
      content.writeTo(out);
      out.flush();
      bytes.getFD().sync();
    }
  }

  /** What is written into a file. */
  private interface Content {
    void writeTo(DataOutputStream out) throws IOException;
  }
}
