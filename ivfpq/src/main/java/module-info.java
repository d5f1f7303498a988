/** The inverted-file indexes. */
module dev.kith.ivfpq {
  requires dev.kith.core;
}
