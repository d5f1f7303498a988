package dev.kith.internal.jfr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.OpenOptions;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import dev.kith.flat.FlatIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JfrEventsTest {
  private static final int ROWS = 700;
  private static final SearchRequest REQUEST = SearchRequest.of(new float[] {3, 4}, 5);

  @TempDir private Path folder;
  private Path saved;
  private final FlatIndex index = FlatIndex.create(2, Metric.L2);

  /** Work that is recorded. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  @BeforeEach
  void fill() throws IOException {
    index.addAll(rows(ROWS), BulkOptions.defaults().threads(1));
    saved = folder.resolve("saved");
    index.save(saved);
  }

  private static VectorSource rows(int count) {
    float[][] rows = new float[count][];
    Arrays.setAll(rows, i -> new float[] {i, -i});
    return VectorSource.of(rows);
  }

  /** The events of Kith in a recording that asks for nothing in particular. */
  private List<RecordedEvent> recorded(Work work) throws IOException {
    return recorded(new Recording(), work);
  }

  private List<RecordedEvent> recorded(Recording recording, Work work) throws IOException {
    Path file = folder.resolve("recording.jfr");
    try (recording) {
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().startsWith("dev.kith."))
        .toList();
  }

  private static long bytes(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void aBulkAdditionIsAnEvent() throws IOException {
    List<RecordedEvent> events =
        recorded(() -> index.addAll(rows(600), BulkOptions.defaults().threads(2)));

    assertThat(events).hasSize(1);
    RecordedEvent event = events.getFirst();
    assertThat(event.getEventType().getName()).isEqualTo("dev.kith.BulkAdd");
    assertThat(event.getEventType().getCategoryNames()).containsExactly("Kith");
    assertThat(event.getString("type")).isEqualTo("flat");
    assertThat(event.getLong("rows")).isEqualTo(600);
    assertThat(event.getDuration()).isPositive();
  }

  @Test
  void aRefusedBulkAdditionIsNone() throws IOException {
    VectorSource bad = VectorSource.of(new float[][] {{1, Float.NaN}});

    assertThat(
            recorded(
                () ->
                    assertThatThrownBy(() -> index.addAll(bad, BulkOptions.defaults()))
                        .isInstanceOf(IllegalArgumentException.class)))
        .isEmpty();
  }

  @Test
  void aSaveIsAnEventThatTellsItsBytes() throws IOException {
    Path target = folder.resolve("again");
    List<RecordedEvent> events = recorded(() -> index.save(target));

    assertThat(events).hasSize(1);
    RecordedEvent event = events.getFirst();
    assertThat(event.getEventType().getName()).isEqualTo("dev.kith.Save");
    assertThat(event.getString("type")).isEqualTo("flat");
    assertThat(event.getLong("bytes")).isBetween(64L * ROWS, bytes(target));
    assertThat(event.getDuration()).isPositive();
  }

  @Test
  void everyWayOfOpeningIsAnEvent() throws IOException {
    List<RecordedEvent> events =
        recorded(
            () -> {
              VectorIndexes.open(saved).close();
              VectorIndexes.open(saved, OpenOptions.mapped()).close();
              try (MutableVectorIndex writable = VectorIndexes.openForWriting(saved)) {
                assertThat(writable.size()).isEqualTo(ROWS);
              }
            });

    assertThat(events).hasSize(3);
    for (RecordedEvent event : events) {
      assertThat(event.getEventType().getName()).isEqualTo("dev.kith.Open");
      assertThat(event.getString("type")).isEqualTo("flat");
      assertThat(event.getLong("bytes")).isBetween(64L * ROWS, bytes(saved));
    }
  }

  @Test
  void aSearchIsNoEventUnlessARecordingAsksForIt() throws IOException {
    assertThat(recorded(() -> index.search(REQUEST))).isEmpty();
  }

  @Test
  void aSearchIsAnEventWhenARecordingAsksForIt() throws IOException {
    Recording recording = new Recording();
    recording.enable("dev.kith.Search");
    List<RecordedEvent> events =
        recorded(
            recording,
            () -> {
              index.search(REQUEST);
              try (VectorIndex stored = VectorIndexes.open(saved, OpenOptions.mapped())) {
                stored.search(REQUEST.cancelWhen(() -> true));
              }
            });

    List<RecordedEvent> searches =
        events.stream()
            .filter(event -> event.getEventType().getName().equals("dev.kith.Search"))
            .toList();
    assertThat(searches).hasSize(2);
    RecordedEvent whole = searches.getFirst();
    assertThat(whole.getInt("k")).isEqualTo(5);
    assertThat(whole.getInt("hits")).isEqualTo(5);
    assertThat(whole.getLong("distances")).isEqualTo(ROWS);
    assertThat(whole.getString("strategy")).isEqualTo("exact scan");
    assertThat(whole.getBoolean("complete")).isTrue();
    assertThat(whole.getStackTrace()).isNull();
    RecordedEvent cut = searches.getLast();
    assertThat(cut.getInt("hits")).isZero();
    assertThat(cut.getLong("distances")).isZero();
    assertThat(cut.getBoolean("complete")).isFalse();
  }
}
