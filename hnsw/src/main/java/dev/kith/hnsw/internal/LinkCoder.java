package dev.kith.hnsw.internal;

import dev.kith.encoding.BlockEncoder;
import dev.kith.encoding.BlockEncoding;
import dev.kith.encoding.EncodedVectors;
import dev.kith.internal.simd.CodeRows;
import java.lang.invoke.VarHandle;

/**
 * Brings the coded links of a row up to its links. Codes of links that stay are moved, not made
 * again.
 *
 * <p>Concurrency: one thread. Several coders may rewrite different rows at once.
 */
final class LinkCoder {
  private final Graph graph;
  private final EncodedVectors vectors;
  private final CodedLinks coded;
  private final BlockEncoding encoding;
  private final BlockEncoder encoder;
  private final int perBlock;
  private final int[] links;
  private final long[] before;
  private final float[] vector;
  private final CodeSpace space;
  private final float[] entered;
  private int contextRow;

  LinkCoder(Graph graph, EncodedVectors vectors, int dimension, CodeSpace space, CodedLinks coded) {
    this.graph = graph;
    this.vectors = vectors;
    this.coded = coded;
    this.encoding = coded.encoding();
    this.encoder = encoding.encoder();
    this.perBlock = encoding.vectorsPerBlock();
    this.links = new int[graph.maxLinks(0)];
    this.before = new long[CodedLinks.roomLongs(encoding, graph.maxLinks(0))];
    this.vector = new float[dimension];
    this.space = space;
    this.entered = space.room();
  }

  /** Rewrites the record of a row. */
  void rewrite(int row) {
    int count = graph.links(row, 0, links);
    CodeRows records = coded.rows().rows();
    long[] chunk = records.chunk(row);
    int offset = coded.offset(records, row);
    System.arraycopy(chunk, offset, before, 0, before.length);
    int slots = coded.blocks() * perBlock;
    contextRow = -1;
    VarHandle.releaseFence(); // the rows, before links to them
    for (int slot = 0; slot < slots; slot++) {
      int link = slot < count ? links[slot] : -1;
      int block = offset + coded.block(slot / perBlock);
      if (link == CodedLinks.link(before, 0, slot)) {
        continue;
      }
      int old = link == -1 ? -1 : slotOf(link, slots);
      if (link == -1) {
        encoding.clear(chunk, block, slot % perBlock);
      } else if (old == -1) {
        encode(row, link, chunk, block, slot % perBlock);
      } else {
        int from = coded.block(old / perBlock);
        encoding.copy(before, from, old % perBlock, chunk, block, slot % perBlock);
      }
      CodedLinks.setLink(chunk, offset, slot, link);
    }
    coded.setUsed(row, (count + perBlock - 1) / perBlock);
  }

  /** Where a link stood before, or -1. */
  private int slotOf(int link, int slots) {
    for (int slot = 0; slot < slots; slot++) {
      if (CodedLinks.link(before, 0, slot) == link) {
        return slot;
      }
    }
    return -1;
  }

  private void encode(int row, int link, long[] chunk, int block, int slot) {
    if (contextRow != row) {
      vectors.decode(row, vector);
      space.enter(vector, entered);
      encoder.context(entered);
      contextRow = row;
    }
    vectors.decode(link, vector);
    space.enter(vector, entered);
    encoder.encode(entered, chunk, block, slot);
  }
}
