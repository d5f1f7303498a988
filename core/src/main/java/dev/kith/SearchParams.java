package dev.kith;

/**
 * Search-time knobs of one kind of index, carried by a {@link SearchRequest}; each index module has
 * its own record that implements this. An approximate index refuses the params of another kind; an
 * exact index has nothing to tune and accepts any.
 */
public interface SearchParams {}
