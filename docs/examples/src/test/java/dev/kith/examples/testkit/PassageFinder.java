package dev.kith.examples.testkit;

import dev.kith.Hit;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Some code of one's own that is to be tested: it finds passages whose embeddings lie near. */
final class PassageFinder {
  private final VectorIndex index;
  private final Map<Long, String> passages;
  private final Function<String, float[]> embedding;

  PassageFinder(
      VectorIndex index, Map<Long, String> passages, Function<String, float[]> embedding) {
    this.index = index;
    this.passages = passages;
    this.embedding = embedding;
  }

  /** The nearest passages that score at least {@code minScore}, from 0 to 1. */
  List<String> find(String question, int count, float minScore) {
    return index.search(SearchRequest.of(embedding.apply(question), count)).toList().stream()
        .filter(hit -> index.metric().similarity(hit.distance()) >= minScore)
        .map(Hit::id)
        .map(passages::get)
        .toList();
  }
}
