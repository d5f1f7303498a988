package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kith.BulkOptions;
import dev.kith.CheckReport;
import dev.kith.CorruptIndexException;
import dev.kith.Hits;
import dev.kith.IdSet;
import dev.kith.IndexLockedException;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.OpenMode;
import dev.kith.OpenOptions;
import dev.kith.SearchRequest;
import dev.kith.UnsupportedFormatVersionException;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/**
 * Rows of the contract: saving, opening, locking, checking. Their names begin with {@code saved}.
 */
abstract class FileRows extends BulkRows {
  private static final float[][] ROWS = TestVectors.clustered(700, DIMENSION, 14, 51);
  private static final float[][] QUERIES = TestVectors.near(ROWS, 10, 0.2f, 52);

  @BeforeEach
  void skipWhatIsNeverSaved(TestInfo test) {
    boolean aboutFiles = test.getTestMethod().orElseThrow().getDeclaringClass() == FileRows.class;
    Assumptions.assumeTrue(saves() || !aboutFiles, "this type is not saved");
  }

  @EachMetric
  void savedIndexAnswersTheSame(Metric metric) throws IOException {
    Subject subject = churned(metric);
    Path directory = scratch.resolve("index");
    subject.index().save(directory);
    for (OpenMode mode : OpenMode.values()) {
      for (boolean warmUp : new boolean[] {false, true}) {
        try (VectorIndex opened = VectorIndexes.open(directory, new OpenOptions(mode, warmUp))) {
          checkTwin(subject, opened);
          assertThat(opened.searchAll(requests(), BulkOptions.defaults()))
              .zipSatisfy(
                  subject.index().searchAll(requests(), BulkOptions.defaults()),
                  ContractFixture::assertSameHits);
        }
      }
    }
    try (VectorIndex opened = VectorIndexes.open(directory)) {
      checkTwin(subject, opened);
    }
  }

  @EachMetric
  void savedEmptyIndexIsEmpty(Metric metric) throws IOException {
    Path directory = scratch.resolve("index");
    fresh(DIMENSION, metric).save(directory);
    for (OpenMode mode : OpenMode.values()) {
      try (VectorIndex opened = VectorIndexes.open(directory, new OpenOptions(mode, false))) {
        checkContent(new Model(metric), opened);
        assertThat(opened.dimension()).isEqualTo(DIMENSION);
        assertThat(opened.search(ask(ROWS[0], 3)).size()).isZero();
      }
    }
    assertThat(VectorIndexes.check(directory).ok()).isTrue();
    try (MutableVectorIndex writer = VectorIndexes.openForWriting(directory)) {
      writer.add(1, ROWS[0]);
      writer.save(directory);
    }
    try (VectorIndex opened = VectorIndexes.open(directory)) {
      assertThat(opened.ids()).containsExactly(1);
    }
  }

  @EachMetric
  void savedBytesAreTheSameForAnyNumberOfThreads(Metric metric) throws IOException {
    SortedMap<String, byte[]> expected = new TreeMap<>();
    for (int threads : new int[] {1, 2, 8}) {
      MutableVectorIndex index = fresh(DIMENSION, metric);
      index.addAll(VectorSource.of(ROWS), BulkOptions.defaults().threads(threads));
      Path directory = scratch.resolve("threads-" + threads);
      index.save(directory);
      SortedMap<String, byte[]> actual = contents(directory);
      if (expected.isEmpty()) {
        expected.putAll(actual);
      }
      assertThat(actual).containsOnlyKeys(expected.keySet());
      actual.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
    }
  }

  @EachMetric
  void savedIndexCanBeWrittenOn(Metric metric) throws IOException {
    Subject subject = churned(metric);
    Path directory = scratch.resolve("index");
    subject.index().save(directory);
    try (MutableVectorIndex writer = VectorIndexes.openForWriting(directory)) {
      checkTwin(subject, writer);
      for (MutableVectorIndex index : List.of(writer, subject.index())) {
        index.add(5_000, ROWS[1]);
        index.remove(4);
        index.addAll(
            VectorSource.of(List.of(ROWS[7], ROWS[8]).toArray(float[][]::new)),
            BulkOptions.defaults());
      }
      subject.model().put(5_000, ROWS[1]);
      subject.model().remove(4);
      subject.model().put(0, ROWS[7]);
      subject.model().put(1, ROWS[8]);
      checkTwin(subject, writer);
      writer.save(directory);
      writer.remove(5_000);
    }
    try (VectorIndex opened = VectorIndexes.open(directory)) {
      checkTwin(subject, opened);
      assertThat(opened.contains(5_000)).as("what was removed after the save").isTrue();
    }
  }

  @EachMetric
  void savedGenerationsAreCounted(Metric metric) throws IOException {
    MutableVectorIndex index = churned(metric).index();
    Path directory = scratch.resolve("index");
    for (int generation = 1; generation <= 3; generation++) {
      index.save(directory);
      assertThat(index.stats().generation()).isEqualTo(generation);
      try (VectorIndex opened = VectorIndexes.open(directory)) {
        assertThat(opened.stats().generation()).isEqualTo(generation);
      }
    }
  }

  @EachMetric
  void savedOverItselfItStays(Metric metric) throws IOException {
    Subject subject = churned(metric);
    Path directory = scratch.resolve("index");
    subject.index().save(directory);
    subject.index().save(directory);
    for (OpenMode mode : OpenMode.values()) {
      try (VectorIndex opened = VectorIndexes.open(directory, new OpenOptions(mode, false))) {
        opened.save(directory);
        checkTwin(subject, opened);
        Path copy = scratch.resolve("copy-" + mode);
        opened.save(copy);
        try (VectorIndex copied = VectorIndexes.open(copy)) {
          checkTwin(subject, copied);
        }
      }
      try (VectorIndex opened = VectorIndexes.open(directory)) {
        checkTwin(subject, opened);
      }
    }
  }

  @EachMetric
  void savedOverByAnotherReadersKeepTheOld(Metric metric) throws IOException {
    Subject subject = churned(metric);
    Path directory = scratch.resolve("index");
    subject.index().save(directory);
    Subject other = holding(metric, TestVectors.gaussian(30, DIMENSION, 53));
    try (VectorIndex heap = VectorIndexes.open(directory);
        VectorIndex mapped = VectorIndexes.open(directory, OpenOptions.mapped())) {
      other.index().save(directory);
      checkTwin(subject, heap);
      checkTwin(subject, mapped);
      for (VectorIndex outdated : List.of(heap, mapped)) {
        SortedMap<String, byte[]> before = contents(directory);
        assertThatThrownBy(() -> outdated.save(directory))
            .as("save of an index over the newer one of somebody else")
            .isInstanceOf(IllegalArgumentException.class);
        checkSameContents(directory, before);
      }
    }
    try (VectorIndex opened = VectorIndexes.open(directory)) {
      checkTwin(other, opened);
    }
  }

  @EachMetric
  void savedNowhereNearForeignFiles(Metric metric) throws IOException {
    MutableVectorIndex index = churned(metric).index();
    Path foreign = Files.createDirectory(scratch.resolve("foreign"));
    Files.writeString(foreign.resolve("letter.txt"), "do not lose me");
    SortedMap<String, byte[]> before = contents(foreign);
    refused(index, () -> index.save(foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("foreign");
    checkSameContents(foreign, before);

    Path file = Files.writeString(scratch.resolve("file"), "I am no directory");
    refused(index, () -> index.save(file)).isInstanceOf(IllegalArgumentException.class);
    assertThat(file).hasContent("I am no directory");

    Path orphan = scratch.resolve("no-parent").resolve("index");
    refused(index, () -> index.save(orphan)).isInstanceOf(IOException.class);
    assertThat(orphan.getParent()).doesNotExist();

    Path empty = Files.createDirectory(scratch.resolve("empty"));
    index.save(empty);
    assertThat(VectorIndexes.check(empty).ok()).as("save into an empty directory").isTrue();
  }

  @EachMetric
  void savedDirectoryHasOneWriter(Metric metric) throws IOException {
    Subject subject = churned(metric);
    Path directory = scratch.resolve("index");
    subject.index().save(directory);
    try (MutableVectorIndex writer = VectorIndexes.openForWriting(directory)) {
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> VectorIndexes.openForWriting(directory).close())
            .isInstanceOf(IndexLockedException.class);
        refused(subject.index(), () -> subject.index().save(directory))
            .isInstanceOf(IndexLockedException.class);
      }
      try (VectorIndex reader = VectorIndexes.open(directory)) {
        checkTwin(subject, reader);
      }
      checkTwin(subject, writer);
    }
    VectorIndexes.openForWriting(directory).close();
    subject.index().save(directory);
    VectorIndexes.openForWriting(directory).close();
  }

  @EachMetric
  void savedIndexIsSound(Metric metric) throws IOException {
    Path directory = scratch.resolve("index");
    churned(metric).index().save(directory);
    CheckReport report = VectorIndexes.check(directory);
    assertThat(report.problems()).isEmpty();
    assertThat(report.ok()).isTrue();
    assertThat(report.type()).isNotBlank();
    assertThat(report.findings()).isNotEmpty();
    assertThat(report.directory()).isEqualTo(directory);
  }

  @EachMetric
  void savedBytesThatChangeAreNoticed(Metric metric) throws IOException {
    Path directory = scratch.resolve("index");
    churned(metric).index().save(directory);
    for (String name : contents(directory).keySet()) {
      Path file = directory.resolve(name);
      byte[] good = Files.readAllBytes(file);
      // The lock file belongs to nobody's data.
      if (good.length == 0 || name.contains("lock")) {
        continue;
      }
      for (int place : new int[] {0, good.length / 3, good.length / 2, good.length - 1}) {
        byte[] bad = good.clone();
        bad[place] ^= 0x10;
        Files.write(file, bad);
        String where = name + " at " + place + " of " + good.length;
        assertThat(VectorIndexes.check(directory).problems()).as(where).isNotEmpty();
        assertThat(catchThrowable(() -> VectorIndexes.open(directory).close()))
            .as(where)
            .isInstanceOfAny(CorruptIndexException.class, UnsupportedFormatVersionException.class);
      }
      Files.write(file, good);
    }
    assertThat(VectorIndexes.check(directory).ok()).as("the restored index").isTrue();
  }

  @EachMetric
  void savedNowhereCannotBeOpened(Metric metric) throws IOException {
    Path missing = scratch.resolve("missing");
    Path empty = Files.createDirectory(scratch.resolve("empty"));
    for (Path directory : List.of(missing, empty)) {
      assertThatThrownBy(() -> VectorIndexes.open(directory).close())
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> VectorIndexes.open(directory, OpenOptions.mapped()).close())
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> VectorIndexes.openForWriting(directory).close())
          .isInstanceOf(IOException.class);
    }
    assertThat(missing).doesNotExist();
    fresh(DIMENSION, metric).save(empty);
  }

  @EachMetric
  void savedByAnInterruptedThreadAllOrNothing(Metric metric) throws IOException {
    Subject subject = churned(metric);
    Path directory = scratch.resolve("index");
    subject.index().save(directory);
    subject.index().add(-7, ROWS[0]);
    Thread.currentThread().interrupt();
    Throwable thrown = catchThrowable(() -> subject.index().save(directory));
    boolean flag = Thread.interrupted();
    assertThat(flag).as("the interrupt flag afterwards").isTrue();
    if (thrown == null) {
      subject.model().put(-7, ROWS[0]);
    } else {
      assertThat(thrown).isInstanceOf(IOException.class);
    }
    try (VectorIndex opened = VectorIndexes.open(directory)) {
      checkContent(subject.model(), opened);
    }
    subject.model().put(-7, ROWS[0]);
    subject.index().save(directory);
    try (VectorIndex opened = VectorIndexes.open(directory)) {
      checkTwin(subject, opened);
    }
  }

  /** An index with a past: rows removed, replaced and added again under other ids. */
  private Subject churned(Metric metric) {
    Subject subject = holding(metric, ROWS);
    for (int id = 0; id < ROWS.length; id += 3) {
      subject.index().remove(id);
      subject.model().remove(id);
    }
    for (int id = 0; id < ROWS.length; id += 5) {
      subject.index().add(id, ROWS[ROWS.length - 1 - id]);
      subject.model().put(id, ROWS[ROWS.length - 1 - id]);
    }
    for (long id : new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE}) {
      subject.index().add(id, ROWS[3]);
      subject.model().put(id, ROWS[3]);
    }
    return subject;
  }

  private List<SearchRequest> requests() {
    List<SearchRequest> requests = new ArrayList<>();
    for (float[] query : QUERIES) {
      requests.add(ask(query, 10));
      requests.add(ask(query, 1_000));
      requests.add(ask(query, 10).filter(id -> id % 4 == 0));
      requests.add(ask(query, 10).filter(IdSet.of(-1, 1, 5, 6, 9, 10_000)));
      requests.add(ask(query, 100).maxDistance(0.5f));
    }
    return requests;
  }

  /** Fails unless another index holds the same and answers the same as the subject. */
  private void checkTwin(Subject subject, VectorIndex twin) {
    checkContent(subject.model(), twin);
    assertThat(twin.dimension()).isEqualTo(subject.index().dimension());
    assertThat(twin.metric()).isEqualTo(subject.index().metric());
    assertThat(twin.spec()).isEqualTo(subject.index().spec());
    assertThat(twin.stats().vectors()).isEqualTo(subject.model().size());
    for (SearchRequest request : requests()) {
      Hits hits = twin.search(request);
      if (exact()) {
        subject.model().checkExact(request, hits);
      }
      assertSameHits(hits, subject.index().search(request));
    }
  }

  private static void checkSameContents(Path directory, SortedMap<String, byte[]> expected)
      throws IOException {
    SortedMap<String, byte[]> actual = contents(directory);
    assertThat(actual).containsOnlyKeys(expected.keySet());
    actual.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
  }

  private static SortedMap<String, byte[]> contents(Path directory) throws IOException {
    SortedMap<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        contents.put(directory.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }
}
