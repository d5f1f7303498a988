package dev.kith.examples.quickstart;

import dev.kith.BulkOptions;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Queries with known answers: unseen texts, embedded, and the rows that {@link BruteForce} says are
 * nearest to each.
 *
 * @param queries vectors that are not in the index
 * @param answers for each query the ids of its nearest rows
 */
record Exam(float[][] queries, long[][] answers) {

  /** How many neighbours each query asks for. */
  static final int K = 10;

  private static final long WARM_UP_NANOS = 300_000_000L;
  private static final long MEASURED_NANOS = 700_000_000L;

  /** Finds the true answers. */
  static Exam of(float[][] queries, float[][] rows) {
    return new Exam(queries, BruteForce.nearest(K, queries, rows));
  }

  /** Returns which share of the true neighbours the index finds: 1 is all of them. */
  double recall(VectorIndex index) {
    long found = 0;
    long wanted = 0;
    for (int i = 0; i < queries.length; i++) {
      long[] truth = answers[i];
      long[] hits = index.search(SearchRequest.of(queries[i], K)).ids();
      found +=
          LongStream.of(hits).filter(id -> LongStream.of(truth).anyMatch(t -> t == id)).count();
      wanted += truth.length;
    }
    return wanted == 0 ? 1 : (double) found / wanted;
  }

  /** Asks the queries one after another and returns how many are answered in a second. */
  double queriesPerSecond(VectorIndex index) {
    return perSecond(requests -> requests.forEach(index::search));
  }

  /** Asks all queries at once, on all cores, and returns how many are answered in a second. */
  double batchedQueriesPerSecond(VectorIndex index) {
    return perSecond(requests -> index.searchAll(requests, BulkOptions.defaults()));
  }

  private double perSecond(Consumer<List<SearchRequest>> search) {
    List<SearchRequest> requests =
        Arrays.stream(queries).map(query -> SearchRequest.of(query, K)).toList();
    perSecond(search, requests, WARM_UP_NANOS);
    return perSecond(search, requests, MEASURED_NANOS);
  }

  private static double perSecond(
      Consumer<List<SearchRequest>> search, List<SearchRequest> requests, long nanos) {
    long start = System.nanoTime();
    long asked = 0;
    while (System.nanoTime() - start < nanos) {
      search.accept(requests);
      asked += requests.size();
    }
    return asked * 1e9 / (System.nanoTime() - start);
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(queries.length);
    for (int i = 0; i < queries.length; i++) {
      out.writeInt(queries[i].length);
      for (float coordinate : queries[i]) {
        out.writeFloat(coordinate);
      }
      out.writeInt(answers[i].length);
      for (long id : answers[i]) {
        out.writeLong(id);
      }
    }
  }

  static Exam readFrom(DataInput in) throws IOException {
    int count = in.readInt();
    var exam = new Exam(new float[count][], new long[count][]);
    for (int i = 0; i < count; i++) {
      exam.queries[i] = new float[in.readInt()];
      for (int j = 0; j < exam.queries[i].length; j++) {
        exam.queries[i][j] = in.readFloat();
      }
      exam.answers[i] = new long[in.readInt()];
      for (int j = 0; j < exam.answers[i].length; j++) {
        exam.answers[i][j] = in.readLong();
      }
    }
    return exam;
  }
}
