package dev.confab.gateway.fanout;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events reach the sockets of every replica. */
@ConfigMapping(prefix = "confab.fanout")
public interface FanoutConfig {
  /** Between two questions for the dialogs that changed, where operators watch the desk. */
  @WithDefault("200ms")
  Duration deskEvery();

  /** Between two times that chat-service is told who watches the desk here. */
  @WithDefault("20s")
  Duration watchersToldEvery();

  /** Kafka bootstrap servers. */
  @WithDefault("${CONFAB_KAFKA:localhost:9092}")
  String kafka();

  /** Redis that broadcasts across replicas. */
  @WithDefault("${CONFAB_REDIS:redis://localhost:6379}")
  String redis();

  /** How often the heads of all subscribed conversations are compared with chat-service's. */
  @WithDefault("5s")
  Duration headsInterval();

  /** The same while Redis is away. */
  @WithDefault("1s")
  Duration headsIntervalWithoutRedis();

  /** Silence of the subscriber's own ping after which its connection is dropped. */
  @WithDefault("2s")
  Duration subscriberSilence();

  /** How long the cached text of a running reply is kept; longer than any reply runs. */
  @WithDefault("10m")
  Duration replyTextLife();

  /** After how long without renewal typing ends by itself. */
  @WithDefault("6s")
  Duration typingLife();

  /** Changes asked for in one page while catching up (chat-service bounds it at 500). */
  @WithDefault("200")
  int pageSize();
}
