/** The inverted-file indexes. */
module dev.kith.ivfpq {
  requires static org.jspecify;
  requires dev.kith.core;
}
