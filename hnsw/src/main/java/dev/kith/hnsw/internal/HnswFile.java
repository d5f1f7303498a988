package dev.kith.hnsw.internal;

import dev.kith.CorruptIndexException;
import dev.kith.Metric;
import dev.kith.internal.concurrent.Epochs;
import dev.kith.internal.rows.RowReader;
import dev.kith.internal.storage.FileReader;
import dev.kith.internal.storage.FileType;
import dev.kith.internal.storage.StoredIndex;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads the file of a graph index.
 *
 * <p>Concurrency: one thread.
 */
public final class HnswFile implements AutoCloseable {
  private static final int MAX_M = 256;
  private static final int MAX_EF_CONSTRUCTION = 100_000;
  private static final int MAX_ROW_BITS = 8;
  private static final int MAX_CODE_BITS = 2;

  /** No component of an admissible vector is larger, nor is the mean of some. */
  private static final float LARGEST = 1.9e19f;

  private final FileReader file;
  private final RowReader rows;
  private final GraphParameters parameters;
  private final int count;
  private final long entry;
  private final int blocks;

  private HnswFile(FileReader file) throws IOException {
    this.file = file;
    long at = file.section(HnswFormat.CONFIG, HnswFormat.CONFIG_BYTES);
    ByteBuffer config = file.bytes(at, HnswFormat.CONFIG_BYTES);
    Metric metric = RowReader.metric(file, at + 4, config.getInt(4));
    this.count = config.getInt(8);
    this.rows = new RowReader(file, config.getInt(0), metric, count, at);
    int codes = config.getInt(28);
    boolean rowBits = codes > HnswFormat.ROW_CODES;
    if (rowBits) {
      inRange("codes", at + 28, codes, 0, HnswFormat.ROW_CODES + MAX_ROW_BITS);
    }
    this.parameters =
        new GraphParameters(
            config.getInt(0),
            metric,
            inRange("m", at + 12, config.getInt(12), 2, MAX_M),
            inRange("efConstruction", at + 16, config.getInt(16), 1, MAX_EF_CONSTRUCTION),
            rowBits ? codes - HnswFormat.ROW_CODES : 0,
            rowBits ? 0 : inRange("code bits", at + 28, codes, 0, MAX_CODE_BITS),
            config.getLong(32));
    int least = count == 0 ? -1 : 0;
    int row = inRange("an entry row", at + 20, config.getInt(20), least, count - 1);
    int mostLevel = count == 0 ? -1 : Levels.MAX;
    int level = inRange("an entry level", at + 24, config.getInt(24), least, mostLevel);
    this.entry = count == 0 ? -1 : Adjacency.entry(row, level);
    long starts = startsAt();
    file.section(HnswFormat.LINKS, HnswFormat.linksLength(parameters.m(), count));
    this.blocks = file.bytes(starts + 4L * count, 4).getInt();
    int mostBlocks = (int) Math.min(Integer.MAX_VALUE, (long) count * Levels.MAX);
    inRange("blocks of upper links", starts + 4L * count, blocks, 0, mostBlocks);
    upperLinksAt();
  }

  /**
   * Opens the file.
   *
   * @param stored the index
   * @param checksum whether to verify its checksum
   * @return to be closed
   * @throws IOException if it is damaged or cannot be read
   */
  public static HnswFile open(StoredIndex stored, boolean checksum) throws IOException {
    FileReader file = stored.open(HnswFormat.FILE, FileType.HNSW, checksum);
    try {
      return new HnswFile(file);
    } catch (Throwable e) {
      try {
        file.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /**
   * What the graph was built with.
   *
   * @return within the ranges of the public config
   */
  public GraphParameters parameters() {
    return parameters;
  }

  /**
   * Reads everything into memory and verifies it.
   *
   * @param epochs of the index that is being opened
   * @return the graph
   * @throws IOException if something is not as the format demands, or cannot be read
   */
  public LiveGraph read(Epochs epochs) throws IOException {
    LiveGraph live = new LiveGraph(parameters, epochs);
    if (parameters.codedRows() && count > 0) {
      live.place(centre());
    }
    Graph graph = live.read(rows);
    readLevels(graph);
    readLinks(graph);
    if (entry != -1) {
      int row = Adjacency.entryRow(entry);
      file.expect(-1, "the entry row's level", graph.level(row), Adjacency.entryLevel(entry));
      graph.setEntryPoint(entry);
    }
    live.encode();
    return live;
  }

  private float[] centre() throws IOException {
    long at = file.section(HnswFormat.CENTRE, HnswFormat.centreLength(parameters));
    float[] centre = new float[parameters.dimension()];
    ByteBuffer bytes = file.bytes(at, Float.BYTES * centre.length);
    for (int i = 0; i < centre.length; i++) {
      centre[i] = bytes.getFloat(Float.BYTES * i);
      if (!(Math.abs(centre[i]) < LARGEST)) {
        throw file.corrupt(at + (long) Float.BYTES * i, "a component of a mean", "" + centre[i]);
      }
    }
    return centre;
  }

  private void readLevels(Graph graph) throws IOException {
    int[] starts = new int[count + 1];
    long at = startsAt();
    file.ints(at, starts, count + 1);
    file.expect(at, "0", 0, starts[0]);
    for (int row = 0; row < count; row++) {
      int level =
          inRange("a level", at + 4L * row + 4, starts[row + 1] - starts[row], 0, Levels.MAX);
      graph.reset(row, level);
    }
  }

  private void readLinks(Graph graph) throws IOException {
    int slots = graph.maxLinks(0);
    int m = parameters.m();
    int[] list = new int[slots];
    long at = file.section(HnswFormat.LINKS, HnswFormat.linksLength(m, count));
    for (int row = 0; row < count; row++) {
      file.ints(at + 4L * slots * row, list, slots);
      setLinks(graph, row, 0, list, slots, at + 4L * slots * row);
    }
    long upperAt = upperLinksAt();
    for (int row = 0; row < count; row++) {
      for (int level = 1; level <= graph.level(row); level++) {
        file.ints(upperAt, list, m);
        setLinks(graph, row, level, list, m, upperAt);
        upperAt += 4L * m;
      }
    }
  }

  private void setLinks(Graph graph, int row, int level, int[] list, int slots, long at)
      throws CorruptIndexException {
    int size = 0;
    for (int i = 0; i < slots; i++) {
      int link = list[i];
      boolean end = link == -1;
      boolean sound =
          end || (link >= 0 && link < count && link != row && graph.level(link) >= level);
      if (!sound || (!end && size < i)) {
        throw file.corrupt(
            at + 4L * i, "a row below " + count + " that reaches level " + level, "" + link);
      }
      size += end ? 0 : 1;
    }
    graph.setLinks(row, level, list, size);
  }

  /**
   * Maps the file; its links are verified as searches meet them.
   *
   * @param arena holds the mapping
   * @return the graph
   * @throws IOException if mapping fails
   */
  public MappedGraph map(Arena arena) throws IOException {
    MemorySegment all = file.map(arena);
    int m = parameters.m();
    return new MappedGraph(
        file.path(),
        all,
        parameters,
        rows.map(all),
        parameters.codedRows() && count > 0 ? centre() : null,
        entry,
        all.asSlice(startsAt(), HnswFormat.upperStartsLength(count)),
        all.asSlice(
            file.section(HnswFormat.LINKS, HnswFormat.linksLength(m, count)),
            HnswFormat.linksLength(m, count)),
        all.asSlice(upperLinksAt(), HnswFormat.upperLinksLength(m, blocks)));
  }

  /**
   * Reads and verifies everything, reachability included.
   *
   * @param findings receives a line per thing verified
   * @throws IOException if something is wrong
   */
  public void check(List<String> findings) throws IOException {
    LiveGraph live = read(new Epochs());
    findings.add(
        "hnsw file: "
            + count
            + " vectors of dimension "
            + parameters.dimension()
            + " under "
            + parameters.metric()
            + ", ids distinct, every vector admissible, every link sound");
    int missing = Reach.ofEntryPoint(live.graph()).missing(count, row -> true);
    if (missing > 0) {
      throw file.corrupt(
          -1, "every row within reach of the entry point", missing + " that are not");
    }
    findings.add("hnsw graph: every vector is reachable from the entry point on level 0");
  }

  private long startsAt() throws CorruptIndexException {
    return file.section(HnswFormat.UPPER_STARTS, HnswFormat.upperStartsLength(count));
  }

  private long upperLinksAt() throws CorruptIndexException {
    return file.section(
        HnswFormat.UPPER_LINKS, HnswFormat.upperLinksLength(parameters.m(), blocks));
  }

  private int inRange(String name, long at, int value, int least, int most)
      throws CorruptIndexException {
    if (value < least || value > most) {
      throw file.corrupt(at, name + " from " + least + " to " + most, "" + value);
    }
    return value;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
