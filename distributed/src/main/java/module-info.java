/** One search interface over many local indexes. */
module dev.kith.distributed {
  requires static org.jspecify;
  requires dev.kith.core;
}
