package dev.confab.gateway.command;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How commands reach chat-service. */
@ConfigMapping(prefix = "confab.commands")
public interface CommandLogConfig {
  /** Kafka bootstrap servers. */
  @WithDefault("${CONFAB_KAFKA:localhost:9092}")
  String kafka();

  /** How long a command may stay unanswered before it is repeated over HTTP. */
  @WithDefault("1s")
  Duration patience();

  /** How long a command may wait in a partition that answers others before it is repeated. */
  @WithDefault("3s")
  Duration lateAfter();

  /** Share of all commands that may be repeated while the broker is there. */
  @WithDefault("0.1")
  double repeatShare();

  /** Repeats that may be saved up. */
  @WithDefault("1000")
  int repeatBurst();

  /** After how long an unanswered command is given up, with an error to its connection. */
  @WithDefault("30s")
  Duration giveUpAfter();

  /** Commands of this replica that may wait for their outcome at once. */
  @WithDefault("20000")
  int maxPending();
}
