package dev.kith.hnsw;

import dev.kith.Hit;
import dev.kith.Hits;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;

/** A text of everything an index holds and answers, down to the last bit. */
final class DescribedIndex {
  private DescribedIndex() {}

  /** Spec, ids, vectors, and the hits of each request. */
  static String describe(VectorIndex index, SearchRequest... requests) {
    StringBuilder text = new StringBuilder(index.spec() + "\n");
    for (long id : index.ids()) {
      text.append("vector ").append(id).append(':');
      for (float value : index.vector(id)) {
        text.append(' ').append(bits(value));
      }
      text.append('\n');
    }
    for (int i = 0; i < requests.length; i++) {
      text.append("answer ").append(i).append(':').append(bits(index.search(requests[i])));
      text.append('\n');
    }
    return text.toString();
  }

  private static String bits(Hits hits) {
    StringBuilder text = new StringBuilder();
    for (Hit hit : hits) {
      text.append(' ').append(hit.id()).append('=').append(bits(hit.distance()));
    }
    return text.toString();
  }

  private static String bits(float value) {
    return String.format("%08x", Float.floatToRawIntBits(value));
  }
}
