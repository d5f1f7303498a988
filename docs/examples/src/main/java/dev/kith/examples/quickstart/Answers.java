package dev.kith.examples.quickstart;

import dev.kith.Hit;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the passages that answer a question.
 *
 * @param embedder turns the question into a vector
 * @param index holds the vectors of the passages
 * @param passages the passages; the position of one is its id in the index
 */
record Answers(Embedder embedder, VectorIndex index, List<Passage> passages) {

  /** Returns the passages nearest in meaning, nearest first. */
  List<Answer> to(String question, int count) {
    List<Answer> answers = new ArrayList<>();
    for (Hit hit : index.search(SearchRequest.of(embedder.embed(question), count))) {
      Passage passage = passages.get((int) hit.id());
      answers.add(new Answer(passage, index.metric().similarity(hit.distance())));
    }
    return answers;
  }

  /**
   * One passage that was found.
   *
   * @param passage what was found
   * @param similarity how near it is: 1 is the same direction, 0 the opposite
   */
  record Answer(Passage passage, float similarity) {}
}
