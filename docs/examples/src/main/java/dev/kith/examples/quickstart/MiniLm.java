package dev.kith.examples.quickstart;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executor;

/**
 * The sentence model all-MiniLM-L6-v2, quantised, as LangChain4j packs it, with one thread per
 * text. LangChain4j's own class lets every text use all cores; many texts at once then get in each
 * other's way (measured on two cores: 140 texts a second instead of 500).
 */
final class MiniLm extends AbstractInProcessEmbeddingModel {

  /** How many numbers an embedding has. */
  static final int DIMENSION = 384;

  private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

  private final OnnxBertBiEncoder encoder;

  private MiniLm(OnnxBertBiEncoder encoder, Executor executor) {
    super(executor);
    this.encoder = encoder;
  }

  /** Loads the model out of its jar. */
  static MiniLm load(Executor executor) throws IOException {
    try (var options = new SessionOptions();
        InputStream model = resource(MODEL);
        InputStream tokenizer = resource(TOKENIZER)) {
      options.setIntraOpNumThreads(1);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      var session = environment.createSession(model.readAllBytes(), options);
      var encoder = new OnnxBertBiEncoder(environment, session, tokenizer, PoolingMode.MEAN);
      return new MiniLm(encoder, executor);
    } catch (OrtException e) {
      throw new IOException("the embedding model cannot be loaded", e);
    }
  }

  /** Adds the model's bytes: another model gives other vectors. */
  static void addTo(Fingerprint fingerprint) throws IOException {
    try (InputStream model = resource(MODEL);
        InputStream tokenizer = resource(TOKENIZER)) {
      fingerprint.add(model).add(tokenizer);
    }
  }

  @Override
  protected OnnxBertBiEncoder model() {
    return encoder;
  }

  @Override
  protected Integer knownDimension() {
    return DIMENSION;
  }

  private static InputStream resource(String name) throws IOException {
    InputStream resource = OnnxBertBiEncoder.class.getResourceAsStream(name);
    if (resource == null) {
      throw new FileNotFoundException(name + " is not on the class path");
    }
    return resource;
  }
}
