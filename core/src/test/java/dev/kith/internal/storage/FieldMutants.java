package dev.kith.internal.storage;

import dev.kith.internal.storage.DocumentedFields.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Hostile files: each documented field with each value that programs tend to believe wrongly. */
final class FieldMutants {
  /** A changed file, its checksum not yet right. */
  record Mutant(String damage, Consumer<ByteBuffer> change) {
    /** The file with the change, or null when it changes nothing. */
    ByteBuffer of(ByteBuffer good) {
      ByteBuffer bad = ByteBuffer.wrap(good.array().clone()).order(ByteOrder.LITTLE_ENDIAN);
      change.accept(bad);
      return bad.equals(good) ? null : bad;
    }

    Mutant and(Mutant other) {
      return new Mutant(damage + " and " + other.damage, change.andThen(other.change));
    }
  }

  private final List<Mutant> mutants = new ArrayList<>();

  private FieldMutants() {}

  /** The mutants of a sound file that has so many rows. */
  static List<Mutant> of(ByteBuffer good, List<Field> fields, int count) {
    FieldMutants made = new FieldMutants();
    for (Field field : fields) {
      switch (field.type()) {
        case "int" -> made.ints(field, good.getInt(field.at()), count);
        case "long" -> made.longs(field, good.getLong(field.at()), count);
        case "float" -> made.floats(field);
        case "double" -> made.doubles(field);
        case "ascii" -> made.bytes(field, 0, '/', '.', 'A', 'z', 0xFF);
        case "zero" -> made.bytes(field, 1, 0x80, 0xFF);
        default -> throw new AssertionError(field);
      }
    }
    made.swaps(fields);
    made.overlaps(good, fields);
    return made.mutants;
  }

  private void ints(Field field, int now, int n) {
    int[] values = {
      0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, now - 1, now + 1, n - 1, n, n + 1, 1 << 30
    };
    for (int value : values) {
      add(field, "" + value, bytes -> bytes.putInt(field.at(), value));
    }
  }

  private void longs(Field field, long now, int n) {
    long[] values = {
      0,
      1,
      -1,
      Long.MAX_VALUE,
      Long.MIN_VALUE,
      now - 1,
      now + 1,
      n - 1,
      n,
      n + 1,
      1L << 31,
      1L << 32
    };
    for (long value : values) {
      add(field, "" + value, bytes -> bytes.putLong(field.at(), value));
    }
  }

  private void floats(Field field) {
    float[] values = {
      Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, 0, -1, 3e19f
    };
    for (float value : values) {
      for (int at : new int[] {field.at(), field.at() + field.size() - Float.BYTES}) {
        add(field, value + " at " + at, bytes -> bytes.putFloat(at, value));
      }
    }
  }

  private void doubles(Field field) {
    double[] values = {
      Double.NaN, Double.POSITIVE_INFINITY, Double.MAX_VALUE, Double.MIN_VALUE, 0, -0.0, -1
    };
    for (double value : values) {
      add(field, "" + value, bytes -> bytes.putDouble(field.at(), value));
    }
  }

  private void bytes(Field field, int... values) {
    for (int value : values) {
      for (int at : new int[] {field.at(), field.at() + field.size() - 1}) {
        add(field, value + " at " + at, bytes -> bytes.put(at, (byte) value));
      }
    }
  }

  /** Fields of the same shape in each other's place. */
  private void swaps(List<Field> fields) {
    for (int i = 0; i < fields.size(); i++) {
      for (int j = i + 1; j < Math.min(fields.size(), i + 6); j++) {
        Field a = fields.get(i);
        Field b = fields.get(j);
        if (a.size() == b.size() && a.table().equals(b.table())) {
          add(a, "in place of " + b.name() + " at " + b.at(), bytes -> swap(bytes, a, b));
        }
      }
    }
  }

  private static void swap(ByteBuffer bytes, Field a, Field b) {
    byte[] one = new byte[a.size()];
    byte[] two = new byte[b.size()];
    bytes.get(a.at(), one).get(b.at(), two);
    bytes.put(a.at(), two).put(b.at(), one);
  }

  /** Sections that begin where others do, or reach into them. */
  private void overlaps(ByteBuffer good, List<Field> fields) {
    List<Field> offsets = named(fields, "offset");
    List<Field> lengths = named(fields, "length");
    for (Field one : offsets) {
      for (Field other : offsets) {
        long offset = good.getLong(other.at());
        add(one, "that of another, " + offset, bytes -> bytes.putLong(one.at(), offset));
      }
    }
    for (Field length : lengths) {
      for (long more : new long[] {-64, -8, -4, 4, 8, 64, good.capacity()}) {
        add(
            length,
            "more by " + more,
            bytes -> bytes.putLong(length.at(), bytes.getLong(length.at()) + more));
      }
    }
  }

  private static List<Field> named(List<Field> fields, String name) {
    return fields.stream()
        .filter(field -> field.name().equals(name) && field.table().startsWith("Entry of"))
        .toList();
  }

  private void add(Field field, String value, Consumer<ByteBuffer> change) {
    String damage = field.table() + ", " + field.name() + " at " + field.at() + ": " + value;
    mutants.add(new Mutant(damage, change));
  }
}
