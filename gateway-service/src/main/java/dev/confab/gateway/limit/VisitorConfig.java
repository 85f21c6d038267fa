package dev.confab.gateway.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What visitors may do who have not signed in; counted per replica. */
@ConfigMapping(prefix = "confab.visitors")
public interface VisitorConfig {
  /** Dialogs begun from one address (IPv6: one /64 network). */
  PerAddress dialogsPerAddress();

  /** Dialogs begun from pages of one origin. */
  PerOrigin dialogsPerOrigin();

  /** Messages that widgets send from one address. */
  MessagesPerAddress messagesPerAddress();

  /** Messages that widgets send from pages of one origin. */
  MessagesPerOrigin messagesPerOrigin();

  /** Addresses and origins that are remembered at a time. */
  @WithDefault("100000")
  int maxRemembered();

  /** Dialogs begun from one address. */
  interface PerAddress {
    /** How many. */
    @WithDefault("300")
    int count();

    /** In how much time. */
    @WithDefault("10m")
    Duration period();
  }

  /** Dialogs begun from one origin. */
  interface PerOrigin {
    /** How many. */
    @WithDefault("6000")
    int count();

    /** In how much time. */
    @WithDefault("10m")
    Duration period();
  }

  /** Messages sent from one address. */
  interface MessagesPerAddress {
    /** How many. */
    @WithDefault("600")
    int count();

    /** In how much time. */
    @WithDefault("1m")
    Duration period();
  }

  /** Messages sent from one origin. */
  interface MessagesPerOrigin {
    /** How many. */
    @WithDefault("12000")
    int count();

    /** In how much time. */
    @WithDefault("1m")
    Duration period();
  }
}
