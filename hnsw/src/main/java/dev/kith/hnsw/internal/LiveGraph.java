package dev.kith.hnsw.internal;

import dev.kith.BulkCancelledException;
import dev.kith.BulkOptions;
import dev.kith.Footprint;
import dev.kith.InsufficientMemoryException;
import dev.kith.VectorSource;
import dev.kith.encoding.Float32Encoding;
import dev.kith.encoding.GrowableVectors;
import dev.kith.internal.concurrent.Epochs;
import dev.kith.internal.concurrent.Meter;
import dev.kith.internal.concurrent.Pool;
import dev.kith.internal.idmap.IdMap;
import dev.kith.internal.idmap.RowTable;
import dev.kith.internal.rows.RowReader;
import dev.kith.internal.rows.TableRows;
import dev.kith.internal.storage.PartWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A graph that changes: its rows, its links, and what has been removed but is still linked.
 *
 * <p>Concurrency: one writer (every method that changes something), any number of searches
 * meanwhile.
 */
public final class LiveGraph implements HnswFormat.Source {
  /** Rows that one change looks through for links to removed rows, once a repair is due. */
  private static final int REPAIRED_PER_CHANGE = 64;

  /** Removed rows that make a repair due: a share of all, and at least so many. */
  private static final int REPAIR_SHARE = 50;

  private static final int REPAIR_LEAST = 64;

  /** Additions of at least such a share of the rows are worth a copy of the codes. */
  private static final int DENSE_SHARE = 4;

  /**
   * Rows that an audit of reachability walks for each single change since the last: so many changes
   * may pass before a row that was cut off in a way that its neighbours do not show is found.
   */
  private static final int ROWS_AUDITED_PER_CHANGE = 128;

  private final GraphParameters parameters;
  private final Epochs epochs;
  private final RowTable table;
  private final GrowableVectors vectors;

  /** What building and searches look at: the vectors, or codes of them. */
  private final GrowableVectors near;

  private final CodeSpace space;

  /** Whether these are codes. */
  private final boolean coded;

  /** While many rows are added, their codes once more, close together: they are read at random. */
  private @Nullable GrowableVectors dense;

  private final Graph graph;
  private final Levels levels;
  private final @Nullable Codes codes;
  private final Repair repair;
  private final Pool<GraphSearch> searches;
  private final Crew alone;
  private int changesSinceAudit;
  private long auditedEntry = -1;

  /**
   * An empty graph.
   *
   * @param parameters what it is built with
   * @param epochs tells when searches have ended
   */
  public LiveGraph(GraphParameters parameters, Epochs epochs) {
    this(parameters, epochs, parameters.codedRows());
  }

  /** Without codes a graph is of no use but to be written. */
  private LiveGraph(GraphParameters parameters, Epochs epochs, boolean withCodes) {
    this.parameters = parameters;
    this.epochs = epochs;
    this.table = RowTable.keepingHidden(epochs);
    this.vectors = Float32Encoding.INSTANCE.newVectors(parameters.dimension(), parameters.metric());
    this.space = new CodeSpace(parameters.dimension(), parameters.metric());
    this.codes =
        withCodes && parameters.codeBits() > 0 ? new Codes(parameters, vectors, space) : null;
    this.coded = withCodes;
    this.near = withCodes ? codedRows() : vectors;
    this.graph = new Graph(parameters.m(), codes);
    this.levels = new Levels(parameters.seed(), parameters.m());
    this.repair = new Repair(graph, this::isAlive, this::letGo);
    this.searches =
        new Pool<>(() -> new GraphSearch(parameters, vectors, near, space, codedLinks()));
    this.alone = new Crew(BulkOptions.defaults().threads(1), () -> newWorker(true));
  }

  private GrowableVectors codedRows() {
    return codes != null ? codes.links().rows() : parameters.newCodes();
  }

  private Worker newWorker(boolean guards) {
    LinkCoder coder = codes == null ? null : codes.coder(graph);
    return new Worker(
        graph,
        dense == null ? near : dense,
        parameters.m(),
        parameters.efConstruction(),
        coder,
        guards);
  }

  /**
   * The links with codes.
   *
   * @return null when there are none
   */
  public @Nullable CodedLinks codedLinks() {
    return codes == null ? null : codes.links();
  }

  /** Brings codes up to links, before what has changed is published or used again. */
  private void bringUpCodes(Crew crew) {
    if (codes != null) {
      codes.bringUp(graph, rows(), crew);
    }
  }

  private void letGo(BitSet rows, Crew crew) {
    if (codes != null) {
      codes.released();
      codes.bringUp(graph, rows(), crew);
    }
    rows.stream().forEach(table::letGo);
  }

  @Override
  public TableRows vectors() {
    return rows();
  }

  /**
   * The rows as they are now.
   *
   * @return a view
   */
  public TableRows rows() {
    return TableRows.now(table, vectors);
  }

  @Override
  public Adjacency links() {
    return graph;
  }

  /**
   * Where codes live.
   *
   * @return the space
   */
  public CodeSpace space() {
    return space;
  }

  /**
   * What searches look at.
   *
   * @return the vectors, or codes of them
   */
  public GrowableVectors near() {
    return near;
  }

  /**
   * Scratch for searches.
   *
   * @return the pool
   */
  public Pool<GraphSearch> searches() {
    return searches;
  }

  /**
   * Removed rows that are still linked or not taken again.
   *
   * @return zero or more
   */
  public int reusableRows() {
    return repair.pending() + table.hiddenRows();
  }

  /**
   * Stores a vector.
   *
   * @param id its id
   * @param vector an admissible vector
   * @return true when the id is new
   */
  public boolean add(long id, float[] vector) {
    placeCentre(VectorSource.of(new float[][] {vector}), new int[1]);
    makeRoom(1, false);
    int row = table.take();
    link(
        new int[] {row},
        new int[] {levels.level(id)},
        (number, target) -> set(target, vector),
        alone);
    if (table.size() > 0 && !alone.first().isHeld(row)) {
      reachability().linkIn(row, this::isAlive);
    }
    for (int orphan : alone.first().takeOrphans()) {
      if (isAlive(orphan)) {
        reachability().linkIn(orphan, this::isAlive);
      }
    }
    bringUpCodes(alone);
    int old = publish(row, id);
    afterChange();
    return old == IdMap.ABSENT;
  }

  /**
   * Stores many vectors.
   *
   * @param source checked vectors
   * @param options threads, progress, cancellation
   */
  public void addAll(VectorSource source, BulkOptions options) {
    int[] order = insertionOrder(source);
    placeCentre(source, order);
    makeRoom(order.length, true);
    Crew crew = new Crew(options, () -> newWorker(false));
    Meter meter = new Meter(options.progress(), source.size(), 1);
    meter.add(source.size() - order.length);
    int done = 0;
    if (codes != null) {
      codes.suspend();
    }
    if (repair.pending() > table.size()) {
      repair.finish(crew); // or new rows would be linked by way of more removed rows than others
    }
    try {
      if (codes != null && order.length >= table.rows() / DENSE_SHARE) {
        dense = denselyIfThereIsRoom(table.rows() + order.length);
      }
      while (done < order.length) {
        int round = round(source, order, done);
        if (!addRound(source, order, done, round, crew)) {
          throw new BulkCancelledException("addAll", done, source.size());
        }
        done += round;
        meter.add(round);
      }
    } finally {
      dense = null;
      if (repair.pending() >= repairDue()) {
        repair.finish(crew);
      }
      audit();
      if (codes != null) {
        codes.resume(graph, rows(), crew);
      }
    }
  }

  private void placeCentre(VectorSource first, int[] order) {
    if (coded) {
      space.placeAmong(first, order);
    }
  }

  @Override
  public float @Nullable [] centre() {
    return space.centre();
  }

  /** Sets what was the centre when the index was saved. */
  void place(float[] centre) {
    space.place(centre);
  }

  private @Nullable GrowableVectors denselyIfThereIsRoom(int room) {
    try {
      return densely(room);
    } catch (OutOfMemoryError e) {
      return null; // it takes longer without
    }
  }

  private GrowableVectors densely(int room) {
    GrowableVectors rows = parameters.newCodes();
    rows.ensureCapacity(room);
    float[] vector = new float[parameters.dimension()];
    float[] entered = space.room();
    for (int row = 0; row < table.rows(); row++) {
      vectors.decode(row, vector);
      space.enter(vector, entered);
      rows.set(row, entered);
    }
    return rows;
  }

  /**
   * Rows of the source in the order in which they are linked: as if shuffled, and of each id only
   * the last.
   */
  private int[] insertionOrder(VectorSource source) {
    int size = source.size();
    long[] orders = new long[size];
    IdMap rowOfOrder = new IdMap();
    rowOfOrder.ensureCapacity(size);
    for (int row = 0; row < size; row++) {
      orders[row] = levels.order(source.id(row));
      rowOfOrder.put(orders[row], row);
    }
    Arrays.sort(orders);
    int[] rows = new int[rowOfOrder.size()];
    int n = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || orders[i] != orders[i - 1]) {
        rows[n++] = rowOfOrder.get(orders[i]);
      }
    }
    return rows;
  }

  /** The size of the next round; a row above the entry point's level is a round of its own. */
  private int round(VectorSource source, int[] order, int from) {
    long entry = graph.entryPoint();
    int top = entry == -1 ? -1 : Adjacency.entryLevel(entry);
    int most = Math.min(order.length - from, Insertion.roundSize(table.size() + repair.pending()));
    int size = 0;
    while (size < most && levels.level(source.id(order[from + size])) <= top) {
      size++;
    }
    return Math.max(1, size);
  }

  private boolean addRound(VectorSource source, int[] order, int from, int size, Crew crew) {
    int[] rows = new int[size];
    int[] rowLevels = new int[size];
    for (int i = 0; i < size; i++) {
      rows[i] = table.take();
      rowLevels[i] = levels.level(source.id(order[from + i]));
    }
    boolean linked =
        link(
            rows,
            rowLevels,
            (number, row) -> {
              float[] vector = new float[parameters.dimension()];
              source.copy(order[from + number], vector);
              set(row, vector);
            },
            crew);
    if (linked) {
      for (int i = 0; i < size; i++) {
        publish(rows[i], source.id(order[from + i]));
      }
    }
    return linked;
  }

  /** Links rows; when that is cancelled or fails, the rows are given back or left to the repair. */
  private boolean link(int[] rows, int[] rowLevels, Insertion.Filler filler, Crew crew) {
    boolean linked = false;
    boolean failed = true;
    try {
      linked =
          new Insertion(graph, crew, this::isAlive, crew != alone).link(rows, rowLevels, filler);
      failed = false;
    } finally {
      if (!linked) {
        for (int i = rows.length - 1; i >= 0; i--) {
          if (failed) {
            repair.removed(rows[i]); // some row may link to it by now
          } else {
            table.giveBack(rows[i]);
          }
        }
      }
    }
    return linked;
  }

  private void set(int row, float[] vector) {
    vectors.set(row, vector);
    if (coded) {
      float[] entered = space.room();
      space.enter(vector, entered);
      near.set(row, entered);
      if (dense != null) {
        dense.set(row, entered);
      }
    }
  }

  private int publish(int row, long id) {
    int old = table.publish(row, id);
    if (codes != null) {
      codes.published(graph.level(row));
    }
    if (old != IdMap.ABSENT) {
      repair.removed(old);
    }
    return old;
  }

  /**
   * Removes a vector.
   *
   * @param id any id
   * @return true when it was there
   */
  public boolean remove(long id) {
    int row = table.remove(id);
    if (row == IdMap.ABSENT) {
      return false;
    }
    repair.removed(row);
    afterChange();
    return true;
  }

  /** Bounded work after a single change. */
  private void afterChange() {
    if (table.size() == 0) {
      repair.finish(alone);
      return;
    }
    repair.step(alone, REPAIRED_PER_CHANGE, repairDue());
    changesSinceAudit++;
    if (graph.entryPoint() != auditedEntry
        || changesSinceAudit * (long) ROWS_AUDITED_PER_CHANGE >= table.size()) {
      audit();
    }
    bringUpCodes(alone);
  }

  private int repairDue() {
    return Math.max(REPAIR_LEAST, table.size() / REPAIR_SHARE);
  }

  /** Links in rows that cannot be reached. */
  private void audit() {
    changesSinceAudit = 0;
    auditedEntry = graph.entryPoint();
    reachability().restore();
  }

  private Reachability reachability() {
    return new Reachability(graph, alone.first(), this::isAlive);
  }

  /**
   * Takes every removed row out of the graph and makes every row reachable, on the caller's thread.
   */
  private void settle() {
    repair.finish(alone);
    audit();
  }

  /**
   * The same vectors and links in rows without gaps.
   *
   * @return a settled graph
   */
  public LiveGraph compacted() {
    settle();
    LiveGraph dense = dense(coded);
    dense.bringUpCodes(dense.alone);
    return dense;
  }

  /** The same vectors and links in rows without gaps, its codes yet to be brought up. */
  private LiveGraph dense(boolean withCodes) {
    LiveGraph dense = new LiveGraph(parameters, epochs, withCodes);
    float[] centre = space.centre();
    if (centre != null) {
      dense.place(centre);
    }
    TableRows rows = rows();
    int[] living = rows.living();
    dense.makeRoom(living.length, true);
    int[] newRow = new int[graph.rows()];
    Arrays.fill(newRow, -1);
    float[] vector = new float[parameters.dimension()];
    for (int row : living) {
      int target = dense.table.take();
      newRow[row] = target;
      vectors.decode(row, vector);
      dense.set(target, vector);
      dense.graph.reset(target, graph.level(row));
    }
    int[] links = new int[graph.maxLinks(0)];
    for (int row : living) {
      for (int level = graph.level(row); level >= 0; level--) {
        int count = graph.links(row, level, links);
        int kept = 0;
        for (int i = 0; i < count; i++) {
          if (newRow[links[i]] >= 0) {
            links[kept++] = newRow[links[i]];
          }
        }
        dense.graph.setLinks(newRow[row], level, links, kept);
      }
      dense.publish(newRow[row], rows.id(row));
    }
    long entry = graph.entryPoint();
    if (entry != -1) {
      int row = newRow[Adjacency.entryRow(entry)];
      dense.graph.setEntryPoint(Adjacency.entry(row, Adjacency.entryLevel(entry)));
    }
    return dense;
  }

  /**
   * Whether rows have gaps or removed rows are still linked, so that only {@link #compacted} can be
   * written.
   *
   * @return false when every row is alive
   */
  private boolean hasGaps() {
    return table.rows() != table.size();
  }

  private boolean isAlive(int row) {
    RowTable.View view = table.view();
    return row < view.limit() && (view.alive(row >>> 6) >>> row & 1) != 0;
  }

  private void makeRoom(int more, boolean exact) {
    try {
      int room = table.roomFor(more, exact);
      vectors.ensureCapacity(room);
      near.ensureCapacity(room);
      graph.ensureCapacity(room);
      if (codes != null) {
        codes.ensureCapacity(room);
      }
      table.ensureRoom(more, exact);
    } catch (OutOfMemoryError e) {
      long needed = footprint(parameters, (long) table.rows() + more).totalBytes();
      throw InsufficientMemoryException.of("adding " + more + " vectors", needed, e);
    }
  }

  @Override
  public int level(int row) {
    return graph.level(row);
  }

  /**
   * Writes the graph, without gaps.
   *
   * @param part receives the file
   * @throws IOException if writing fails
   */
  public void write(PartWriter part) throws IOException {
    settle();
    HnswFormat.write(part, parameters, hasGaps() ? dense(false) : this);
  }

  /** Fills in an empty graph from a file: the rows, which must be followed by their links. */
  Graph read(RowReader reader) throws IOException {
    reader.read(table, vectors);
    graph.ensureCapacity(table.rows());
    near.ensureCapacity(table.rows());
    if (codes != null) {
      codes.ensureCapacity(table.rows());
    }
    return graph;
  }

  /** Makes the codes of a graph whose rows and links have been filled in. */
  void encode() {
    if (coded) {
      float[] vector = new float[parameters.dimension()];
      for (int row = 0; row < table.rows(); row++) {
        vectors.decode(row, vector);
        set(row, vector);
      }
    }
    if (codes != null) {
      codes.released(); // so that the entries are made, too
      codes.bringUp(graph, rows(), alone);
    }
  }

  Graph graph() {
    return graph;
  }

  /**
   * Heap bytes held.
   *
   * @return per part
   */
  public Footprint footprint() {
    long codedLinks = codes == null ? 0 : codes.links().bytes();
    long rowCodes = coded && codes == null ? near.bytes() : 0;
    return footprint(
        vectors.bytes(), rowCodes, graph.bytes(), codedLinks, table.bytes(), table.mapBytes());
  }

  /**
   * Heap bytes of a graph built by one addition.
   *
   * @param parameters what it is built with
   * @param rows how many vectors
   * @return per part
   */
  public static Footprint footprint(GraphParameters parameters, long rows) {
    return footprint(
        Float32Encoding.INSTANCE.bytes(parameters.dimension(), parameters.metric(), rows),
        rowCodeBytes(parameters, rows),
        Graph.bytes(parameters.m(), rows),
        parameters.codeBits() == 0 ? 0 : (8L * Codes.recordLongs(parameters) + 1) * rows,
        RowTable.bytes(rows),
        IdMap.bytes(rows));
  }

  /** Bytes of the codes of rows, if there are any. */
  public static long rowCodeBytes(GraphParameters parameters, long rows) {
    return parameters.rowBits() > 0
        ? parameters.rowEncoding().bytes(parameters.dimension(), parameters.metric(), rows)
        : 0;
  }

  private static Footprint footprint(
      long rows, long rowCodes, long links, long codedLinks, long ids, long idMap) {
    Map<String, Long> parts = new LinkedHashMap<>();
    parts.put("rows", rows);
    if (rowCodes > 0) {
      parts.put("row codes", rowCodes);
    }
    parts.put("links", links);
    if (codedLinks > 0) {
      parts.put("coded links", codedLinks);
    }
    parts.put("ids", ids);
    parts.put("id map", idMap);
    return new Footprint(parts);
  }
}
