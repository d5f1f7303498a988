package dev.kith.testkit;

import dev.kith.BulkCancelledException;
import dev.kith.BulkOptions;
import dev.kith.Hit;
import dev.kith.Hits;
import dev.kith.IndexClosedException;
import dev.kith.IndexStats;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Indexes that break one promise each, and the row of the contract that must notice. */
enum Mutant {
  PREFERS_LARGER_IDS_AMONG_TIES("tiesBreakBySmallerId") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        protected Comparator<Hit> order() {
          return Comparator.comparingDouble(Hit::distance)
              .thenComparing(Comparator.comparingLong(Hit::id).reversed());
        }

        @Override
        protected Hits answer(List<Hit> found, boolean complete) {
          List<Hit> sorted = new ArrayList<>(found);
          sorted.sort(super.order());
          return super.answer(sorted, complete);
        }
      };
    }
  },

  PADS_RESULTS("moreThanThereIsGivesAllThereIs") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        protected Hits find(SearchRequest request, float[] query) {
          List<Hit> hits = new ArrayList<>(super.find(request, query).toList());
          for (long id = 0; hits.size() < Math.min(request.k(), 1_000); id++) {
            hits.add(new Hit(1_000_000 + id, Float.POSITIVE_INFINITY));
          }
          return answer(hits, true);
        }
      };
    }
  },

  KEEPS_THE_CALLERS_ARRAY("givenArraysStayTheCallers") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        protected float[] keep(float[] vector) {
          return vector;
        }
      };
    }
  },

  HANDS_OUT_ITS_OWN_ARRAY("returnedArraysAreTheCallers") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        protected float[] leave(float[] vector) {
          return vector;
        }
      };
    }
  },

  NORMALISES_WHAT_IT_STORES("vectorReturnsExactlyWhatWasGiven") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        protected float[] keep(float[] vector) {
          float[] unit = vector.clone();
          float norm = (float) Math.sqrt(Model.distance(Metric.L2, vector, new float[dimension]));
          for (int i = 0; i < unit.length; i++) {
            unit[i] /= norm;
          }
          return unit;
        }
      };
    }
  },

  IGNORES_THE_FILTER("filterDecidesWhatIsFound") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        protected boolean accepts(SearchRequest request, long id) {
          return true;
        }
      };
    }
  },

  FILTERS_AFTER_THE_SEARCH("filterDecidesWhatIsFound") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        protected boolean accepts(SearchRequest request, long id) {
          return true;
        }

        @Override
        protected Hits find(SearchRequest request, float[] query) {
          List<Hit> best = super.find(request, query).toList();
          return answer(
              best.stream().filter(hit -> super.accepts(request, hit.id())).toList(), true);
        }
      };
    }
  },

  SWALLOWS_WHAT_A_FILTER_THROWS("exceptionOfAFilterReachesTheCaller") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        protected boolean accepts(SearchRequest request, long id) {
          try {
            return super.accepts(request, id);
          } catch (RuntimeException e) {
            return false;
          }
        }
      };
    }
  },

  EXCLUDES_MAX_DISTANCE("maxDistanceIsInclusive") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        protected boolean within(SearchRequest request, float distance) {
          return distance < request.maxDistance();
        }
      };
    }
  },

  MISSES_SOME_VECTORS("nearestVectorsAreFound") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        protected boolean accepts(SearchRequest request, long id) {
          return id % 50 != 49 && super.accepts(request, id);
        }
      };
    }
  },

  GIVES_NEGATIVE_DISTANCES("distancesKeepTheirRange") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        protected float distance(float[] query, float[] vector) {
          return super.distance(query, vector) - 1e-7f;
        }
      };
    }
  },

  STORES_THE_ROWS_BEFORE_THE_BAD_ONE("badRowOfABulkRefusesAllRows") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        public void addAll(VectorSource source, BulkOptions options) {
          for (int row = 0; row < source.size(); row++) {
            float[] vector = new float[dimension];
            try {
              source.copy(row, vector);
              check(vector, "vector");
            } catch (IllegalArgumentException e) {
              throw new IllegalArgumentException("row " + row + ": " + e.getMessage(), e);
            }
            publish(source, row);
          }
        }
      };
    }
  },

  DOES_NOT_NAME_THE_BAD_ROW("badRowOfABulkRefusesAllRows") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        public void addAll(VectorSource source, BulkOptions options) {
          try {
            super.addAll(source, options);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a row holds NaN or has another dimension", e);
          }
        }
      };
    }
  },

  FORGETS_WHAT_A_REFUSED_CALL_WOULD_REPLACE("notANumberIsRefusedAnywhere") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        public boolean add(long id, float[] vector) {
          boolean isNew = !remove(id);
          super.add(id, vector);
          return isNew;
        }
      };
    }
  },

  TAKES_NOT_A_NUMBER("notANumberIsRefusedAnywhere") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        protected void check(float[] vector, String name) {}
      };
    }
  },

  TAKES_WHAT_OVERFLOWS("squaredNormThatOverflowsInTheSumIsRefused") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        protected void check(float[] vector, String name) {
          if (vector[0] != 5e18f) {
            super.check(vector, name);
          }
        }
      };
    }
  },

  TAKES_VECTORS_WITHOUT_DIRECTION("zeroVectorHasNoDirection") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        protected void check(float[] vector, String name) {
          if (vector[0] != 0) {
            super.check(vector, name);
          }
        }
      };
    }
  },

  KEEPS_THE_FIRST_OF_REPEATED_IDS("lastRowOfARepeatedIdWins") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        protected void publish(VectorSource source, int row) {
          if (!contains(source.id(row))) {
            super.publish(source, row);
          }
        }
      };
    }
  },

  CALLS_EVERY_ID_NEW("addTellsNewFromReplaced") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        public boolean add(long id, float[] vector) {
          super.add(id, vector);
          return true;
        }
      };
    }
  },

  CUTS_IDS_TO_INT("extremeIdsAreIdsLikeAnyOther") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        public boolean remove(long id) {
          return super.remove((int) id);
        }
      };
    }
  },

  RETURNS_REMOVED_IDS("removedVectorIsGone") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        private final Map<Long, float[]> removed = new TreeMap<>();

        @Override
        public boolean remove(long id) {
          float[] vector = rows.get(id);
          if (vector != null) {
            removed.put(id, vector);
          }
          return super.remove(id);
        }

        @Override
        protected Hits find(SearchRequest request, float[] query) {
          rows.putAll(removed);
          Hits hits = super.find(request, query);
          rows.keySet().removeAll(removed.keySet());
          return hits;
        }
      };
    }
  },

  IGNORES_EVERY_HUNDREDTH_REMOVAL("randomOperationsMatchTheModel") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        private int removals;

        @Override
        public boolean remove(long id) {
          boolean present = contains(id);
          return present && ++removals % 100 == 0 || super.remove(id);
        }
      };
    }
  },

  SAYS_COMPLETE_WHEN_CUT_SHORT("cancellationEndsASearch") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        protected Hits answer(List<Hit> found, boolean complete) {
          return super.answer(found, true);
        }
      };
    }
  },

  CANNOT_COUNT_TO_A_LONG_TIMEOUT("longTimeoutsChangeNothing") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        protected boolean over(SearchRequest request, long start) {
          return request.timeout() != null
              && System.nanoTime() > start + request.timeout().toNanos();
        }
      };
    }
  },

  ANSWERS_MANY_IN_ANOTHER_ORDER("manySearchesEqualSingleOnes") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        public List<Hits> searchAll(List<SearchRequest> requests, BulkOptions options) {
          List<Hits> hits = new ArrayList<>(super.searchAll(requests, options));
          if (options.threads() > 2) {
            Collections.reverse(hits);
          }
          return hits;
        }
      };
    }
  },

  LETS_A_FULL_EXECUTOR_FAIL_THE_CALL("executorThatRejectsDoesNotBlock") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        public void addAll(VectorSource source, BulkOptions options) {
          if (options.executor() != null) {
            options.executor().execute(() -> {});
          }
          super.addAll(source, options);
        }
      };
    }
  },

  LEAVES_WORK_BEHIND("executorThatRunsTooLateDoesNoHarm") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        public void addAll(VectorSource source, BulkOptions options) {
          super.addAll(source, options);
          if (options.executor() != null) {
            options.executor().execute(() -> remove(0));
          }
        }
      };
    }
  },

  NEVER_REACHES_THE_TOTAL("progressGrowsToTheTotal") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        public void addAll(VectorSource source, BulkOptions options) {
          super.addAll(source, options.progress((done, total) -> {}));
          options.progress().progress(source.size() - 1, source.size());
        }
      };
    }
  },

  LIES_ABOUT_WHAT_WAS_ADDED("bulkIsCancelledByItsFlag") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        public void addAll(VectorSource source, BulkOptions options) {
          try {
            super.addAll(source, options);
          } catch (BulkCancelledException e) {
            throw new BulkCancelledException("addAll", 0, source.size());
          }
        }
      };
    }
  },

  TAKES_THE_INTERRUPT_FLAG("bulkIsCancelledByInterrupt") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        @Override
        public void addAll(VectorSource source, BulkOptions options) {
          try {
            super.addAll(source, options);
          } finally {
            Thread.interrupted();
          }
        }
      };
    }
  },

  ANSWERS_AFTER_CLOSE("closedIndexRefusesEveryCall") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        private final IndexStats atStart = super.stats();

        @Override
        public IndexStats stats() {
          return atStart;
        }
      };
    }
  },

  CLOSES_UNDER_A_SEARCH("closeWaitsForRunningSearches") {
    @Override
    MutableVectorIndex create(int dimension, Metric metric) {
      return new ReferenceIndex(dimension, metric) {
        private volatile boolean closed;

        @Override
        public void close() {
          closed = true;
        }

        @Override
        protected void checkOpen() {
          if (closed) {
            throw new IndexClosedException();
          }
        }
      };
    }
  };

  private final String row;

  Mutant(String row) {
    this.row = row;
  }

  abstract MutableVectorIndex create(int dimension, Metric metric);

  /** The test of the contract that must fail. */
  String row() {
    return row;
  }
}
