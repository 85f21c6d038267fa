package dev.confab.loadtests.scenario;

import dev.confab.loadtests.report.Result;

/** A kind of load. */
public interface Scenario {
  /** How it is asked for. */
  String name();

  /** Prepares, loads, measures. Blocks until done. */
  Result run(World world, Options options);
}
