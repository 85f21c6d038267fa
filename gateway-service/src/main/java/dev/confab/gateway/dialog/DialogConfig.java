package dev.confab.gateway.dialog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits and timings of the dialect {@code dialog}. */
@ConfigMapping(prefix = "confab.dialog")
public interface DialogConfig {
  /** How long a service may take to answer; a claim waits until a running reply is stopped. */
  @WithDefault("15s")
  Duration timeout();

  /** For how long what was looked up about a dialog's origins and visitor counts. */
  @WithDefault("15s")
  Duration remembered();

  /** Dialogs that are remembered at a time. */
  @WithDefault("10000")
  int maxRemembered();

  /** Dialogs in a list. */
  @WithDefault("1000")
  int maxListed();

  /** Messages in a list: the latest ones. */
  @WithDefault("5000")
  int maxMessages();

  /** How long a browser may remember what a page of another origin may ask for. */
  @WithDefault("10m")
  Duration preflightLife();
}
