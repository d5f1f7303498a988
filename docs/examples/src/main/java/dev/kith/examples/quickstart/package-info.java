/**
 * The quickstart: questions in plain English, answered from real documentation by an exact index.
 *
 * <p>To read in this order:
 *
 * <ol>
 *   <li>{@code Quickstart} tells the story, {@code Options} what can be chosen;
 *   <li>{@code Indexing} makes the index and {@code Answers} searches it: the two that use Kith;
 *   <li>{@code Corpus} is what is asked: {@code JavaDocumentation} (read by {@code
 *       DocumentationReader} and {@code CommentText}) or a {@code TextFolder} (split by {@code
 *       TextPassages}), cut up with {@code Sentences} into {@code Passage}s;
 *   <li>{@code Embedder} and {@code MiniLm} turn texts into vectors;
 *   <li>{@code Exam} and {@code BruteForce} measure recall and speed;
 *   <li>{@code SavedCorpus} and {@code Fingerprint} keep everything for the next run;
 *   <li>{@code Screen} and {@code Progress} print.
 * </ol>
 */
@NullMarked
package dev.kith.examples.quickstart;

import org.jspecify.annotations.NullMarked;
