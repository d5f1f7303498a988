/**
 * Nearest-neighbour search inside the host application: the words of the domain, the exact index,
 * SIMD kernels, storage and evaluation.
 *
 * <p>Nothing is needed at run time besides the JDK. With {@code --add-modules jdk.incubator.vector}
 * the kernels use SIMD instructions; without it the same results come, bit for bit, from scalar
 * code.
 */
@SuppressWarnings("module") // qualified exports name modules that are compiled later
module dev.kith.core {
  requires static jdk.incubator.vector;
  requires static org.jspecify;
  requires jdk.jfr;

  exports dev.kith;
  exports dev.kith.eval;
  exports dev.kith.flat;
  exports dev.kith.encoding to
      dev.kith.hnsw,
      dev.kith.ivfpq;
  exports dev.kith.spi to
      dev.kith.hnsw,
      dev.kith.ivfpq,
      dev.kith.distributed;
  exports dev.kith.internal.concurrent to
      dev.kith.hnsw,
      dev.kith.ivfpq,
      dev.kith.distributed;
  exports dev.kith.internal.idmap to
      dev.kith.hnsw,
      dev.kith.ivfpq;
  exports dev.kith.internal.jfr to
      dev.kith.hnsw,
      dev.kith.ivfpq,
      dev.kith.distributed;
  exports dev.kith.internal.rows to
      dev.kith.hnsw,
      dev.kith.ivfpq;
  exports dev.kith.internal.simd to
      dev.kith.hnsw,
      dev.kith.ivfpq;
  exports dev.kith.internal.storage to
      dev.kith.hnsw,
      dev.kith.ivfpq,
      dev.kith.distributed;
  exports dev.kith.internal.topk to
      dev.kith.hnsw,
      dev.kith.ivfpq,
      dev.kith.distributed;

  uses dev.kith.spi.IndexProvider;

  provides dev.kith.spi.IndexProvider with
      dev.kith.flat.FlatIndexProvider;
}
