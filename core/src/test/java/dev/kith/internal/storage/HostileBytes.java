package dev.kith.internal.storage;

import static dev.kith.internal.storage.TamperedIndex.DIRECTORY;

import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.VectorIndexes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes disks of the inputs of a fuzzer. The first byte chooses what is done with the index, the
 * second which small sound index is taken; the others are edits, under checksums that are right, or
 * the bytes of a file as they are.
 */
final class HostileBytes {
  private static final int DIMENSION = 5;
  private static final int LEAST_EDIT = 3;
  private static final int MANIFEST = 0x80;

  /** Bytes that follow the place of an edit, for each kind of edit. */
  private static final int[] OPERANDS = {1, 4, 8, 1, 1, 1, 3, 0};

  private final String type;
  private final boolean edits;
  private final List<byte[]> sound = new ArrayList<>();

  /** Inputs of a target: a type of index and {@code -edits} or {@code -files}. */
  HostileBytes(String target) throws IOException {
    this.type = target.substring(0, target.indexOf('-'));
    this.edits = target.endsWith("-edits");
    List<String> specs =
        type.equals("flat") ? List.of("Flat") : List.of("HNSW4,efc=40", "HNSW4,efc=40,codes=1");
    for (String spec : specs) {
      for (Metric metric : Metric.values()) {
        sound.add(saved(spec, metric, 11));
      }
    }
    sound.add(saved(specs.getFirst(), Metric.L2, 0));
    sound.add(saved(specs.getFirst(), Metric.COSINE, 1));
  }

  private byte[] saved(String spec, Metric metric, int vectors) throws IOException {
    try (MutableVectorIndex index =
        VectorIndexes.create(IndexSpec.parse(spec, DIMENSION, metric))) {
      SmallIndex.fill(index, vectors, 1);
      return new TamperedIndex(index).copy(FileNames.data("", type, 1)).array();
    }
  }

  /** Inputs that change nothing, for every use: where a fuzzer begins. */
  List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int use = 0; use < HostileUse.values().length; use++) {
      for (int i = 0; i < sound.size(); i++) {
        byte[] file = edits ? new byte[0] : sound.get(i);
        byte[] seed = new byte[2 + file.length];
        seed[0] = (byte) use;
        seed[1] = (byte) i;
        System.arraycopy(file, 0, seed, 2, file.length);
        seeds.add(seed);
      }
    }
    return seeds;
  }

  /** What an input wants done. */
  HostileUse use(byte[] input) {
    HostileUse[] uses = HostileUse.values();
    return uses[input.length == 0 ? 0 : (input[0] & 0xFF) % uses.length];
  }

  /** A disk with the index that an input makes. */
  MemoryStorage disk(byte[] input) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
    next(in, 1);
    int choice = (int) next(in, 1);
    byte[] file = sound.get((choice & ~MANIFEST) % sound.size()).clone();
    return edits ? edited(file, in) : replaced(file, (choice & MANIFEST) != 0, in);
  }

  private MemoryStorage edited(byte[] good, ByteBuffer in) throws IOException {
    ByteBuffer file = edit(good, in.duplicate().order(in.order()), false);
    long generation = Math.max(1, file.getLong(Container.GENERATION_AT));
    MemoryStorage disk = write(TamperedIndex.signed(file), generation);
    byte[] manifest = disk.bytes(DIRECTORY.resolve(FileNames.MANIFEST));
    ByteBuffer edited = TamperedIndex.signed(edit(manifest.clone(), in, true));
    disk.put(DIRECTORY.resolve(FileNames.MANIFEST), edited.array());
    return disk;
  }

  /** The rest of the input is the file or the manifest; neither's own checksum is made right. */
  private MemoryStorage replaced(byte[] good, boolean manifest, ByteBuffer in) throws IOException {
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    MemoryStorage disk = write(little(manifest ? good : rest), 1);
    if (manifest) {
      disk.put(DIRECTORY.resolve(FileNames.MANIFEST), rest);
    }
    return disk;
  }

  /** A disk with a data file, and a manifest that means it. */
  private MemoryStorage write(ByteBuffer file, long generation) throws IOException {
    MemoryStorage disk = new MemoryStorage(DIRECTORY.getParent());
    disk.createDirectory(DIRECTORY);
    disk.put(DIRECTORY.resolve(FileNames.data("", type, generation)), file.array());
    int length = file.capacity();
    int crc = length < Integer.BYTES ? 0 : file.getInt(length - Integer.BYTES);
    new Manifest(
            generation,
            List.of(new Manifest.Part("", type)),
            List.of(new Manifest.Entry(0, type, length, crc)))
        .write(disk, DIRECTORY.resolve(FileNames.MANIFEST));
    return disk;
  }

  /** Carries out the edits of one of the two files. */
  private static ByteBuffer edit(byte[] good, ByteBuffer in, boolean ofManifest) {
    ByteBuffer file = little(good);
    while (in.remaining() >= LEAST_EDIT) {
      int choice = (int) next(in, 1);
      int kind = choice % OPERANDS.length;
      int place = (int) next(in, 2);
      long operand = next(in, OPERANDS[kind]);
      if ((choice & MANIFEST) != 0 == ofManifest) {
        file = edit(file, kind, place, operand);
      }
    }
    return file;
  }

  private static ByteBuffer edit(ByteBuffer file, int kind, int place, long operand) {
    int length = file.capacity();
    int at = place % (length - Long.BYTES);
    switch (kind) {
      case 0 -> file.put(at, (byte) operand);
      case 1 -> file.putInt(at, (int) operand);
      case 2 -> file.putLong(at, operand);
      case 3 -> file.putInt(at, (byte) operand);
      case 4 -> file.putInt(at, file.getInt(at) + (byte) operand);
      case 5 -> file.putLong(at, file.getLong(at) + (byte) operand);
      case 6 -> {
        int from = (int) (operand & 0xFFFF) % length;
        int bytes = Math.min((int) (operand >> 16), length - Math.max(from, at));
        System.arraycopy(file.array(), from, file.array(), at, bytes);
      }
      default -> {
        return resized(file.array(), place);
      }
    }
    return file;
  }

  /** Cuts the file off or lengthens it before its footer, which then tells the new length. */
  private static ByteBuffer resized(byte[] file, int place) {
    int body = Math.max(place, Container.HEADER_BYTES);
    int footer = file.length - Container.FOOTER_BYTES;
    byte[] resized = Arrays.copyOf(Arrays.copyOf(file, Math.min(body, footer)), body);
    resized = Arrays.copyOf(resized, body + Container.FOOTER_BYTES);
    System.arraycopy(file, footer, resized, body, Container.FOOTER_BYTES);
    return little(resized).putLong(body + Container.LENGTH_AT, resized.length);
  }

  /** The next bytes as an unsigned little-endian number; what is missing at the end is zero. */
  private static long next(ByteBuffer in, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes && in.hasRemaining(); i++) {
      value |= (in.get() & 0xFFL) << (8 * i);
    }
    return value;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
