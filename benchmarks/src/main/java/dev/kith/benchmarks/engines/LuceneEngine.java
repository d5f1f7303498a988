package dev.kith.benchmarks.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Lucene's float32 graph in one segment of mapped files, as its default directory opens them.
 *
 * <p>There is no efSearch: the number of hits asked for is also the width of the beam. So the
 * effort is that number, and the best k of what comes are kept. The segment is asked directly,
 * which spares it the work of a query object and of a searcher.
 */
final class LuceneEngine implements Engine {
  private static final String VECTOR = "vector";
  private static final String ID = "id";

  /** Room for all rows, so that one thread makes one segment and nothing is merged. */
  private static final double BUFFER_MB = 1900;

  private @Nullable FSDirectory directory;
  private @Nullable DirectoryReader reader;
  private int[] ids = {};

  @Override
  public String config() {
    return "M=" + M + " efConstruction=" + EF_CONSTRUCTION + " segments=1";
  }

  @Override
  public void build(Vectors vectors, int threads, Path folder) throws IOException {
    VectorSimilarityFunction similarity =
        switch (vectors.metric()) {
          case L2 -> VectorSimilarityFunction.EUCLIDEAN;
          // Rows of length one.
          case COSINE -> VectorSimilarityFunction.DOT_PRODUCT;
          case INNER_PRODUCT -> VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
        };
    FSDirectory files = FSDirectory.open(folder.resolve("lucene"));
    directory = files;
    try (ExecutorService mergers = threads > 1 ? Executors.newFixedThreadPool(threads) : null;
        IndexWriter writer =
            new IndexWriter(
                files,
                new IndexWriterConfig()
                    .setCodec(codec(threads, mergers))
                    .setUseCompoundFile(false)
                    .setRAMBufferSizeMB(BUFFER_MB))) {
      float[][] rows = vectors.rows();
      AtomicInteger next = new AtomicInteger();
      Workers.run(
          threads,
          worker -> {
            for (int row = next.getAndIncrement();
                row < rows.length;
                row = next.getAndIncrement()) {
              add(writer, row, rows[row], similarity);
            }
          });
      writer.forceMerge(1);
      writer.commit();
    }
    open();
  }

  private static void add(
      IndexWriter writer, int row, float[] vector, VectorSimilarityFunction similarity) {
    Document document = new Document();
    document.add(new KnnFloatVectorField(VECTOR, vector, similarity));
    document.add(new NumericDocValuesField(ID, row));
    try {
      writer.addDocument(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Codec codec(int threads, @Nullable ExecutorService mergers) {
    KnnVectorsFormat format = new Lucene99HnswVectorsFormat(M, EF_CONSTRUCTION, threads, mergers);
    return new Lucene104Codec() {
      @Override
      public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return format;
      }
    };
  }

  private void open() throws IOException {
    DirectoryReader opened = DirectoryReader.open(Objects.requireNonNull(directory));
    reader = opened;
    LeafReader segment = segment(opened);
    ids = new int[segment.maxDoc()];
    NumericDocValues values = segment.getNumericDocValues(ID);
    while (values.nextDoc() != NumericDocValues.NO_MORE_DOCS) {
      ids[values.docID()] = (int) values.longValue();
    }
  }

  @Override
  public long save(Path folder) throws IOException {
    return Folders.bytes(folder.resolve("lucene"));
  }

  @Override
  public boolean load(Vectors vectors, Path folder) throws IOException {
    directory = FSDirectory.open(folder.resolve("lucene"));
    open();
    return true;
  }

  @Override
  public Searcher searcher() {
    LeafReader segment = segment(Objects.requireNonNull(reader, "neither built nor loaded"));
    int[] rowOfDocument = ids;
    int documents = segment.maxDoc();
    return (query, k, effort, found) -> {
      TopDocs top =
          segment.searchNearestVectors(
              VECTOR,
              query,
              Math.max(k, effort),
              AcceptDocs.fromLiveDocs(null, documents),
              Integer.MAX_VALUE);
      int count = Math.min(k, top.scoreDocs.length);
      for (int i = 0; i < count; i++) {
        found[i] = rowOfDocument[top.scoreDocs[i].doc];
      }
      return count;
    };
  }

  private static LeafReader segment(DirectoryReader reader) {
    if (reader.leaves().size() != 1) {
      throw new IllegalStateException(reader.leaves().size() + " segments, expected 1");
    }
    return reader.leaves().getFirst().reader();
  }

  @Override
  public void close() throws IOException {
    Objects.requireNonNull(reader).close();
    Objects.requireNonNull(directory).close();
  }
}
