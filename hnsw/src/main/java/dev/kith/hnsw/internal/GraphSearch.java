package dev.kith.hnsw.internal;

import dev.kith.Hits;
import dev.kith.IdFilter;
import dev.kith.IdSet;
import dev.kith.SearchRequest;
import dev.kith.SearchStats;
import dev.kith.encoding.EncodedVectors;
import dev.kith.encoding.QueryScorer;
import dev.kith.internal.concurrent.Deadline;
import dev.kith.internal.rows.ExactScan;
import dev.kith.internal.rows.Rows;
import dev.kith.internal.rows.TopHits;
import dev.kith.internal.topk.TopK;
import org.jspecify.annotations.Nullable;

/**
 * Answers one request over a graph: decides between walking the graph and looking at every accepted
 * row, and completes a walk that ends short.
 *
 * <p>Concurrency: one search at a time; it holds all scratch space.
 */
public final class GraphSearch {
  private static final String EMPTY = "empty";
  private static final String WALK = "graph";
  private static final String CODED_WALK = "graph, codes of neighbours";
  private static final String FILTERED_WALK = "graph, filtered";
  private static final String COMPLETED = "graph, completed by an exact scan";
  private static final String SCAN = "exact scan, few ids accepted";

  /** Rows a filter is tried on to learn how many it accepts. */
  private static final int SAMPLE = 256;

  /**
   * Distances a walk computes for each place of the beam, about; grows as a filter accepts less.
   */
  private static final int DISTANCES_PER_PLACE = 6;

  /** So that a wider beam makes up for codes that are worse than usual. */
  private static final int WIDTH_PER_ROW_IN_FULL = 4;

  /** Filter calls that cost as much as a distance, about. */
  private static final int FILTER_CALLS_PER_DISTANCE = 8;

  private final GraphParameters parameters;
  private final Beam beam;
  private final QueryScorer exact;
  private final CodeSpace space;
  private final float[] entered;
  private final InFull inFull = new InFull();
  private final @Nullable CodedLinks coded;
  private final @Nullable CodedBeam codedBeam;
  private final ExactScan scan;
  private final TopK top = new TopK();
  private float[] query = new float[0];

  /** Rows that the last walk found. */
  private int found;

  /**
   * Makes the scratch of a search.
   *
   * @param parameters of the graph
   * @param vectors the rows that will be searched
   * @param near what a walk looks at: the same, or codes of them
   * @param space where these live
   * @param coded the links with codes, or null
   */
  public GraphSearch(
      GraphParameters parameters,
      EncodedVectors vectors,
      EncodedVectors near,
      CodeSpace space,
      @Nullable CodedLinks coded) {
    this.space = space;
    this.entered = space.room();
    this.parameters = parameters;
    this.beam = new Beam(near.scorer(), Graph.maxLinks0(parameters.m()));
    this.exact = parameters.codedRows() ? vectors.scorer() : beam.scorer();
    this.coded = coded;
    this.codedBeam = coded == null ? null : new CodedBeam(beam.scorer(), coded);
    this.scan = new ExactScan(vectors.scorer());
  }

  /**
   * Searches.
   *
   * @param graph the links
   * @param rows the rows
   * @param request an admissible request
   * @param efSearch the width of the beam; k when that is more
   * @param rerankFactor full vectors looked at after a walk on codes, times k; 0 for the default
   * @return the hits
   */
  public Hits search(
      Adjacency graph, Rows rows, SearchRequest request, int efSearch, int rerankFactor) {
    Deadline deadline = Deadline.of(request);
    long entry = graph.entryPoint();
    int size = rows.size();
    int k = Math.min(request.k(), rows.limit());
    int width = Math.max(efSearch, k);
    IdFilter filter = request.filter();
    if (entry == -1 || size == 0) {
      return scan(rows, request, deadline, EMPTY, 0);
    }
    double accepted = filter == null ? 1 : acceptedShare(rows, filter, deadline, size);
    if (filter != null && scanIsCheaper(filter, accepted, size, width)) {
      return scan(rows, request, deadline, SCAN, 0);
    }
    if (query.length != request.dimension()) {
      query = new float[request.dimension()];
    }
    request.copyQuery(query, 0);
    exact.query(query);
    if (parameters.codedRows()) {
      space.enter(query, entered);
      beam.scorer().query(entered);
    }
    int most = lookedAt(rows, request, k, width, rerankFactor);
    int living = Math.max(size, rows.size());
    if (filter == null && coded != null && codedBeam != null && coded.current()) {
      Hits hits =
          walkOnCodes(graph, entry, coded, codedBeam, rows, request, k, width, most, deadline);
      if (!hits.complete() || !endsShort(hits, request, k, width, living)) {
        return hits;
      }
    }
    Hits hits = walk(graph, entry, rows, request, accepted, k, width, most, deadline);
    return hits.complete() && endsShort(hits, request, k, width, Math.max(living, rows.size()))
        ? scan(rows, request, deadline, COMPLETED, hits.stats().distancesComputed())
        : hits;
  }

  /**
   * Whether a walk missed rows. Such as came alive during the walk must not stand in for them; and
   * a beam with room for every row must have met every row.
   */
  private boolean endsShort(Hits hits, SearchRequest request, int k, int width, int living) {
    boolean unlimited = request.maxDistance() == Float.POSITIVE_INFINITY;
    return found < (width < living ? k : living)
        || (unlimited && hits.size() < Math.min(k, living));
  }

  private Hits walk(
      Adjacency graph,
      long entry,
      Rows rows,
      SearchRequest request,
      double accepted,
      int k,
      int width,
      int most,
      Deadline deadline) {
    IdFilter filter = request.filter();
    beam.resetCounts();
    Beam.Acceptance acceptance = acceptance(rows, filter);
    if (accepted < 1 && Adjacency.entryLevel(entry) > 0) {
      long start = beam.descend(graph, entry, 1);
      found = beam.searchFromAcceptedToo(graph, start, width, acceptance, deadline);
    } else {
      long start = beam.descend(graph, entry, 0);
      found = beam.searchFromEntryToo(graph, start, width, acceptance, deadline);
    }
    String strategy = filter == null ? WALK : FILTERED_WALK;
    long[] keys = beam.found();
    int count = found;
    int reranked = 0;
    if (parameters.codedRows()) {
      count = Math.min(found, most);
      reranked = count;
      inFull.look(exact, keys, count);
    }
    SearchStats stats =
        new SearchStats(strategy, beam.computed() + reranked, beam.expanded(), reranked, 1);
    return hits(rows, request, k, keys, count, beam.complete(), stats);
  }

  private Hits walkOnCodes(
      Adjacency graph,
      long entry,
      CodedLinks links,
      CodedBeam walker,
      Rows rows,
      SearchRequest request,
      int k,
      int width,
      int most,
      Deadline deadline) {
    int count =
        walker.search(
            links,
            graph.rows(),
            Adjacency.entryRow(entry),
            entered,
            width,
            most,
            acceptance(rows, null),
            deadline);
    found = walker.accepted();
    inFull.look(exact, walker.found(), count);
    long distances = walker.expanded() + walker.estimated() + count;
    SearchStats stats = new SearchStats(CODED_WALK, distances, walker.expanded(), count, 1);
    return hits(rows, request, k, walker.found(), count, walker.complete(), stats);
  }

  /**
   * How many of the rows that a walk on codes finds are looked at in full: all when the beam has
   * room for every row, or when how near they are counts and not how many.
   */
  private int lookedAt(Rows rows, SearchRequest request, int k, int width, int rerankFactor) {
    if (width >= rows.size() || request.maxDistance() < Float.POSITIVE_INFINITY) {
      return width;
    }
    long most =
        rerankFactor == 0
            ? Math.max(parameters.inFull(k), width / WIDTH_PER_ROW_IN_FULL)
            : (long) rerankFactor * k;
    return (int) Math.min(width, most);
  }

  /** The best of what a walk found. */
  private Hits hits(
      Rows rows,
      SearchRequest request,
      int k,
      long[] keys,
      int count,
      boolean complete,
      SearchStats stats) {
    top.reset(k, request.maxDistance());
    for (int i = 0; i < count; i++) {
      int row = Keys.row(keys[i]);
      if (Keys.distance(keys[i]) > top.bound()) {
        break;
      }
      top.offer(Keys.distance(keys[i]), rows.id(row), row);
    }
    return TopHits.of(top, rows, complete, stats);
  }

  private Hits scan(
      Rows rows, SearchRequest request, Deadline deadline, String strategy, long computedBefore) {
    Hits hits = scan.search(rows, request, deadline);
    SearchStats done = hits.stats();
    SearchStats stats =
        new SearchStats(
            strategy, done.distancesComputed() + computedBefore, done.nodesVisited(), 0, 1);
    return Hits.of(hits.ids(), hits.distances(), hits.complete(), stats);
  }

  /** Rows that are alive and accepted; rows newer than the view are walked through only. */
  private static Beam.Acceptance acceptance(Rows rows, @Nullable IdFilter filter) {
    int limit = rows.limit();
    if (filter == null) {
      return row -> row < limit && (rows.alive(row >>> 6) >>> row & 1) != 0;
    }
    return row ->
        row < limit && (rows.alive(row >>> 6) >>> row & 1) != 0 && filter.accepts(rows.id(row));
  }

  private static boolean scanIsCheaper(IdFilter filter, double accepted, int size, int width) {
    double scan = accepted * size;
    if (!(filter instanceof IdSet)) {
      scan += (double) size / FILTER_CALLS_PER_DISTANCE;
    }
    return accepted == 0 || scan <= DISTANCES_PER_PLACE * width / accepted;
  }

  /** The share of rows that a filter accepts; of a predicate, from a sample spread evenly. */
  private static double acceptedShare(Rows rows, IdFilter filter, Deadline deadline, int size) {
    if (filter instanceof IdSet set) {
      return Math.min(1.0, set.size() / (double) size);
    }
    int limit = rows.limit();
    int step = Math.max(1, limit / SAMPLE);
    int asked = 0;
    int accepted = 0;
    for (int row = step / 2; row < limit; row += step) {
      if ((rows.alive(row >>> 6) >>> row & 1) != 0) {
        asked++;
        accepted += filter.accepts(rows.id(row)) ? 1 : 0;
      }
      if ((asked & 15) == 15 && deadline.passed()) {
        break;
      }
    }
    return asked == 0 ? 1 : accepted / (double) asked;
  }
}
