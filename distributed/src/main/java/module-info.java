/** One search interface over many local indexes. */
module dev.kith.distributed {
  requires dev.kith.core;
}
