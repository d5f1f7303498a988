package dev.kith.examples.quickstart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Turns texts into vectors inside this process, one text per core at a time. */
final class Embedder implements AutoCloseable {

  private final ExecutorService workers =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
  private final MiniLm model;

  Embedder() throws IOException {
    model = MiniLm.load(workers);
  }

  /** Returns the vector of one text. */
  float[] embed(String text) {
    return model.embed(text).content().vector();
  }

  /** Returns the vectors of many texts, in their order, and reports how many are done. */
  float[][] embedAll(List<String> texts, IntConsumer done) throws InterruptedException {
    List<Future<float[]>> results = new ArrayList<>();
    for (String text : texts) {
      results.add(workers.submit(() -> embed(text)));
    }
    float[][] vectors = new float[texts.size()][];
    for (int i = 0; i < vectors.length; i++) {
      try {
        vectors[i] = results.get(i).get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("cannot embed: " + texts.get(i), e.getCause());
      }
      done.accept(i + 1);
    }
    return vectors;
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
