package dev.kith.examples.quickstart;

import dev.kith.BulkOptions;
import dev.kith.BulkProgress;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.VectorSource;
import dev.kith.hnsw.HnswConfig;
import dev.kith.hnsw.HnswIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the index of a corpus, unless the one that was saved is still right. */
final class Indexing {

  static final Metric METRIC = Metric.COSINE;

  private static final HnswConfig CONFIG = HnswConfig.builder(MiniLm.DIMENSION, METRIC).build();

  /** Part of every fingerprint; to be changed when the saved files change their meaning. */
  private static final String LAYOUT = "quickstart layout 1";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneId.systemDefault());

  private final Screen screen;
  private final Embedder embedder;

  Indexing(Screen screen, Embedder embedder) {
    this.screen = screen;
    this.embedder = embedder;
  }

  /** Leaves the corpus in the folder, indexed. */
  void bringUpToDate(SavedCorpus saved, Corpus corpus) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Fingerprint fingerprint = fingerprint(corpus);
    try {
      Optional<Instant> date = saved.sealedWith(fingerprint);
      if (date.isPresent()) {
        int count = saved.passages().size();
        String what = count + " passages, reused index of " + DATE.format(date.get());
        screen.step("index", what, start);
        return;
      }
    } catch (IOException e) {
      screen.line("The saved index is damaged and is built anew: " + e);
    }
    saved.clear();
    build(saved, corpus);
    saved.sealWith(fingerprint);
  }

  private void build(SavedCorpus saved, Corpus corpus) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Corpus.Contents contents = corpus.read();
    List<Passage> passages = contents.passages();
    screen.step("read", passages.size() + " passages", start);
    if (passages.isEmpty()) {
      throw new IOException("nothing to index in " + corpus.description());
    }

    start = System.nanoTime();
    List<String> texts =
        Stream.concat(passages.stream().map(Passage::embeddedText), contents.unseen().stream())
            .toList();
    Progress progress = screen.progress("embed", texts.size());
    float[][] vectors = embedder.embedAll(texts, progress::show);
    float[][] rows = Arrays.copyOf(vectors, passages.size());
    float[][] queries = Arrays.copyOfRange(vectors, passages.size(), vectors.length);
    double perSecond = texts.size() * 1e9 / (System.nanoTime() - start);
    screen.step("embed", texts.size() + " texts, " + Math.round(perSecond) + " a second", start);

    start = System.nanoTime();
    Progress linked = screen.progress("index", rows.length);
    saveIndex(rows, saved.index(), (done, total) -> linked.show((int) done));
    screen.step("index", "built and saved, " + rows.length + " vectors", start);

    start = System.nanoTime();
    saved.write(passages, Exam.of(queries, rows));
    screen.step("truth", "brute force for " + queries.length + " queries", start);
  }

  /** Indexes the rows, each under its number, and saves them: this is all that Kith needs. */
  static void saveIndex(float[][] rows, Path directory, BulkProgress progress) throws IOException {
    try (MutableVectorIndex index = HnswIndex.create(CONFIG)) {
      index.addAll(VectorSource.of(rows), BulkOptions.defaults().progress(progress));
      index.save(directory);
    }
  }

  private static Fingerprint fingerprint(Corpus corpus) throws IOException {
    var fingerprint = new Fingerprint().add(LAYOUT).add(CONFIG.toString());
    fingerprint.add("exam of " + Corpus.UNSEEN_TEXTS + " texts, k " + Exam.K);
    corpus.addTo(fingerprint);
    MiniLm.addTo(fingerprint);
    return fingerprint;
  }
}
