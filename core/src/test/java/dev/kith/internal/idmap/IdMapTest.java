package dev.kith.internal.idmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.support.Seeds;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class IdMapTest {
  /** Ids that are close together, far apart, or collide in their lower or upper halves. */
  private static LongSupplier ids(SplittableRandom random) {
    int many = random.nextInt(1, 400);
    long start = random.nextLong();
    long step = 1L << random.nextInt(63);
    return switch (random.nextInt(4)) {
      case 0 -> () -> random.nextInt(many) - many / 2;
      case 1 -> () -> start + step * random.nextInt(many);
      case 2 -> () -> Long.MAX_VALUE + random.nextInt(-many, many);
      default -> random::nextLong;
    };
  }

  @Test
  void itHoldsWhatAHashMapHolds() {
    Seeds.run(
        200,
        random -> {
          LongSupplier ids = ids(random);
          Map<Long, Integer> model = new HashMap<>();
          IdMap map = new IdMap();
          for (int i = 0; i < 2000; i++) {
            long id = ids.getAsLong();
            switch (random.nextInt(5)) {
              case 0, 1 -> {
                int row = random.nextInt(Integer.MAX_VALUE);
                Integer old = model.put(id, row);
                assertThat(map.put(id, row)).isEqualTo(old == null ? IdMap.ABSENT : old);
              }
              case 2 -> {
                Integer old = model.remove(id);
                assertThat(map.remove(id)).isEqualTo(old == null ? IdMap.ABSENT : old);
              }
              case 3 -> {
                if (random.nextInt(50) == 0) {
                  map.ensureCapacity(random.nextInt(1000));
                }
              }
              default -> {}
            }
            assertThat(map.get(id)).isEqualTo(model.getOrDefault(id, IdMap.ABSENT));
            assertThat(map.size()).isEqualTo(model.size());
          }
          long[] expected = model.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
          long[] found = map.ids();
          Arrays.sort(found);
          assertThat(found).isEqualTo(expected);
          model.forEach((id, row) -> assertThat(map.get(id)).isEqualTo(row));
        });
  }

  @Test
  void extremeIdsAndRowsAreIdsAndRowsLikeOthers() {
    IdMap map = new IdMap();
    long[] ids = {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, -1L << 32};
    for (long id : ids) {
      assertThat(map.get(id)).isEqualTo(IdMap.ABSENT);
      map.put(id, id < 0 ? 0 : Integer.MAX_VALUE - 65);
    }
    for (long id : ids) {
      assertThat(map.get(id)).isEqualTo(id < 0 ? 0 : Integer.MAX_VALUE - 65);
      assertThat(map.remove(id)).isNotEqualTo(IdMap.ABSENT);
      assertThat(map.remove(id)).isEqualTo(IdMap.ABSENT);
      assertThat(map.get(id)).isEqualTo(IdMap.ABSENT);
    }
    assertThat(map.ids()).isEmpty();
  }

  @Test
  void aMapMadeForSomeIdsHoldsThemInTheBytesForetold() {
    Seeds.run(
        20,
        random -> {
          int count = random.nextInt(20_000);
          IdMap map = new IdMap();
          map.ensureCapacity(count);
          assertThat(map.bytes()).isEqualTo(IdMap.bytes(count));
          for (int i = 0; i < count; i++) {
            map.put(random.nextLong(), i);
          }
          assertThat(map.bytes()).as("%d ids", count).isEqualTo(IdMap.bytes(count));
          if (count > 100) {
            assertThat(map.bytes()).isBetween(18L * count, 37L * count);
          }
        });
  }

  @Test
  void memoryFollowsTheIdsHeldAndNotTheIdsSeen() {
    IdMap map = new IdMap();
    for (int i = 0; i < 300_000; i++) {
      map.put(i, i);
      if (i >= 1000) {
        map.remove(i - 1000);
      }
    }
    assertThat(map.size()).isEqualTo(1000);
    assertThat(map.bytes()).isLessThanOrEqualTo(2 * IdMap.bytes(1000));
  }

  /** 349,525 ids are as many as fit into 2^19 slots: no room for one that is marked removed. */
  @Test
  void replacingIdsOfAFullMapDoesNotRebuildItForEachId() {
    int full = 349_525;
    IdMap map = new IdMap();
    for (int i = 0; i < full; i++) {
      map.put(i, i);
    }
    int replaced = 500;
    long start = System.nanoTime();
    for (int i = 0; i < replaced; i++) {
      map.remove(i);
      map.put(full + i, i);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as("replacing %d ids; a rebuild takes some milliseconds", replaced)
        .isLessThan(Duration.ofSeconds(1));
    assertThat(map.size()).isEqualTo(full);
  }
}
