package dev.confab.gateway.aichat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits and timings of the dialect {@code ai-chat}. */
@ConfigMapping(prefix = "confab.ai-chat")
public interface AiChatConfig {
  /** How long a request may wait for its whole answer; less than the server's idle time-out. */
  @WithDefault("100s")
  Duration answerWithin();

  /** Requests of one user on this replica that may wait for whole answers. */
  @WithDefault("10")
  int maxWaitingPerUser();

  /** Requests on this replica that may wait for whole answers. */
  @WithDefault("2000")
  int maxWaiting();

  /** Sessions or presets in a list; newest first. */
  @WithDefault("1000")
  int maxListed();

  /** Messages in a list: the latest ones. */
  @WithDefault("1000")
  int maxMessages();

  /** How long changes of a session are gathered before its watchers are told. */
  @WithDefault("50ms")
  Duration listDelay();

  /** How long a service may take to answer. */
  @WithDefault("15s")
  Duration timeout();
}
