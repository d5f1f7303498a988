package dev.kith.internal.storage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was written when, id by id: the calls of writers with the ticks of a common clock before and
 * after each. Of an id the calls are numbered, and the vector that a call stores tells its number.
 *
 * <p>{@link #verify} decides whether a content can be that of one moment: of every id the call that
 * is visible began before it, and the next one ended after it.
 */
final class WriteHistory {
  /** A call; it takes effect at some tick from the first to the last. */
  static final class Call {
    private final boolean removes;
    private final long bulk;
    private final long first;
    private volatile long last = Long.MAX_VALUE;

    private Call(boolean removes, long bulk, long first) {
      this.removes = removes;
      this.bulk = bulk;
      this.first = first;
    }
  }

  /** The calls on an id, but for the first ones, which no later moment can see. */
  private static final class Calls {
    private final List<Call> list = new ArrayList<>();
    private int forgotten;

    synchronized int end() {
      return forgotten + list.size();
    }

    synchronized void add(Call call) {
      list.add(call);
    }

    synchronized Calls copy() {
      Calls copy = new Calls();
      copy.list.addAll(list);
      copy.forgotten = forgotten;
      return copy;
    }

    synchronized void forgetBefore(long tick) {
      int gone = 0;
      while (gone + 1 < list.size() && list.get(gone + 1).last < tick) {
        gone++;
      }
      list.subList(0, gone).clear();
      forgotten += gone;
    }

    int begin() {
      return forgotten;
    }

    Call get(int call) {
      return list.get(call - forgotten);
    }
  }

  private final AtomicLong clock = new AtomicLong();
  private final List<Calls> calls = new ArrayList<>();

  /** Ids from 0 on, none stored yet. */
  WriteHistory(int ids) {
    for (int id = 0; id < ids; id++) {
      Calls list = new Calls();
      Call absentSinceEver = new Call(true, 0, 0);
      absentSinceEver.last = 0;
      list.add(absentSinceEver);
      calls.add(list);
    }
  }

  long tick() {
    return clock.incrementAndGet();
  }

  int ids() {
    return calls.size();
  }

  /** The number of the next call on an id. */
  int next(int id) {
    return calls.get(id).end();
  }

  /** Notes a call before it is made. */
  Call begin(int id, boolean removes, long bulk, long tick) {
    Call call = new Call(removes, bulk, tick);
    calls.get(id).add(call);
    return call;
  }

  /** Notes that a call has returned. */
  void end(Call call, long tick) {
    call.last = tick;
  }

  /** Fails unless one moment between two ticks explains a content: of each id the visible call. */
  void verify(Map<Integer, Integer> content, long from, long to) {
    calls.forEach(list -> list.forgetBefore(from));
    Moment moment = new Moment(from, to);
    content.forEach(
        (id, call) -> {
          Calls of = calls.get(id).copy();
          if (call < of.begin() || call >= of.end() || of.get(call).removes) {
            throw new AssertionError("id " + id + " holds what was not stored any more: " + call);
          }
          moment.narrow(id, of, call);
        });
    for (int round = 0; round < 2; round++) { // the first narrows what the second decides by
      for (int id = 0; id < ids(); id++) {
        if (!content.containsKey(id)) {
          moment.absent(id, calls.get(id).copy());
        }
      }
    }
    moment.wholeBulks();
  }

  /** When a content may have been that of the index. */
  private static final class Moment {
    private long earliest;
    private long latest;
    private String why = "the save";
    private final Set<Long> reached = new HashSet<>();
    private final Set<Long> notReached = new HashSet<>();

    Moment(long from, long to) {
      this.earliest = from;
      this.latest = to;
    }

    private static long end(Calls of, int call) {
      return call + 1 < of.end() ? of.get(call + 1).last : Long.MAX_VALUE;
    }

    void narrow(int id, Calls of, int call) {
      String what = "call " + call + " of id " + id;
      if (of.get(call).first > latest || end(of, call) < earliest) {
        throw new AssertionError(
            String.format(
                "no single moment: %s is visible from %d to %d at most, others (last %s) from %d"
                    + " to %d",
                what, of.get(call).first, end(of, call), why, earliest, latest));
      }
      if (of.get(call).first > earliest || end(of, call) < latest) {
        why = what;
      }
      earliest = Math.max(earliest, of.get(call).first);
      latest = Math.min(latest, end(of, call));
      for (int i = of.begin(); i < of.end(); i++) {
        (i <= call ? reached : notReached).add(of.get(i).bulk);
      }
    }

    /** The id was removed, or not yet stored; by which call is known when only one fits. */
    void absent(int id, Calls of) {
      List<Integer> fitting = new ArrayList<>();
      for (int call = of.begin(); call < of.end(); call++) {
        if (of.get(call).removes && of.get(call).first <= latest && end(of, call) >= earliest) {
          fitting.add(call);
        }
      }
      if (fitting.isEmpty()) {
        throw new AssertionError(
            "id " + id + " is missing, though it was stored from " + earliest + " to " + latest);
      }
      if (fitting.size() == 1) {
        narrow(id, of, fitting.getFirst());
      }
    }

    void wholeBulks() {
      reached.retainAll(notReached);
      reached.remove(0L);
      if (!reached.isEmpty()) {
        throw new AssertionError("half of the bulk additions " + reached + " is visible");
      }
    }
  }
}
