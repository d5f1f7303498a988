package dev.kith.examples.quickstart;

import java.io.IOException;
import java.util.List;

/** What the questions are answered from: the JDK's documentation, or a folder of texts. */
interface Corpus {

  /**
   * The most characters a passage has. The embedding model reads about 500; it finds better what
   * speaks of one thing.
   */
  int PASSAGE_LENGTH = 320;

  /** How many texts are wanted to examine the index with. */
  int UNSEEN_TEXTS = 250;

  /** Returns the folder name under which an index of this corpus is kept. */
  String name();

  /** Returns what it is, for the reader of the console. */
  String description();

  /** Adds everything that decides which passages {@link #read} returns. */
  void addTo(Fingerprint fingerprint) throws IOException;

  /** Reads the passages; the same sources give the same passages in the same order. */
  Contents read() throws IOException;

  /** Returns questions that this corpus is known to answer. */
  List<String> sampleQuestions();

  /**
   * What a corpus holds.
   *
   * @param passages what is indexed
   * @param unseen texts of the same kind that are not indexed, to examine the index with
   */
  record Contents(List<Passage> passages, List<String> unseen) {}
}
