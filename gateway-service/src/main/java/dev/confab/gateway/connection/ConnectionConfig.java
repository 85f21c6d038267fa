package dev.confab.gateway.connection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits and timings of sockets. Rates and counts are per replica. */
@ConfigMapping(prefix = "confab.connection")
public interface ConnectionConfig {
  /** What one client may ask for. */
  Limits limits();

  /** Signs of life. */
  Heartbeat heartbeat();

  /** What leaves for the clients. */
  Outbound outbound();

  /** How a replica says goodbye. */
  Drain drain();

  /** How long a socket may stay without a valid token. */
  @WithDefault("10s")
  Duration authenticationTimeout();

  /** How long a client has to renew its token once it expired. */
  @WithDefault("30s")
  Duration renewalTimeout();

  /** How long a socket of a dialect lives at most; it ends with its session in any case. */
  @WithDefault("24h")
  Duration dialectLife();

  /** What one client may ask for. */
  interface Limits {
    /** Characters (code points) of a message. */
    @WithDefault("16000")
    int maxMessageChars();

    /** Bytes of a client's frame, and of a message in several frames. */
    @WithDefault("65536")
    int maxFrameBytes();

    /** Levels of JSON in a client's frame. */
    @WithDefault("32")
    int maxJsonDepth();

    /** Sockets of this replica; the next one is answered 503. */
    @WithDefault("20000")
    int maxConnections();

    /** What a client that found the replica full is told to wait. */
    @WithDefault("5s")
    Duration retryAfter();

    /** Sockets of one user on this replica. */
    @WithDefault("30")
    int maxConnectionsPerUser();

    /** Messages and edits of one user. */
    Messages messages();

    /** Joins of one user. */
    Joins joins();

    /** Replies one user asks for with {@code stream_response}. */
    Replies replies();

    /** Frames of one socket, of whatever kind. */
    Frames frames();

    /** Refused frames of one socket; one more and it is closed. */
    Violations violations();
  }

  /** Messages and edits of one user. */
  interface Messages {
    /** How many. */
    @WithDefault("20")
    int count();

    /** In how much time. */
    @WithDefault("10s")
    Duration period();
  }

  /** Joins of one user. */
  interface Joins {
    /** How many. */
    @WithDefault("60")
    int count();

    /** In how much time. */
    @WithDefault("10s")
    Duration period();
  }

  /** Replies one user asks for. */
  interface Replies {
    /** How many. */
    @WithDefault("30")
    int count();

    /** In how much time. */
    @WithDefault("60s")
    Duration period();
  }

  /** Frames of one socket. */
  interface Frames {
    /** How many. */
    @WithDefault("400")
    int count();

    /** In how much time. */
    @WithDefault("10s")
    Duration period();
  }

  /** Refused frames of one socket. */
  interface Violations {
    /** How many. */
    @WithDefault("40")
    int count();

    /** In how much time. */
    @WithDefault("60s")
    Duration period();
  }

  /** Signs of life. */
  interface Heartbeat {
    /** How often a ping is sent. */
    @WithDefault("25s")
    Duration interval();

    /** After how much silence of the client its socket is closed. */
    @WithDefault("60s")
    Duration silence();

    /** How long a closed socket may take to go away by itself. */
    @WithDefault("10s")
    Duration closing();

    /** How often sockets are looked at; every deadline is met this late at most. */
    @WithDefault("1s")
    Duration sweep();
  }

  /** What leaves for the clients. */
  interface Outbound {
    /** Bytes that may wait for one slow socket; above it, patience begins to run out. */
    @WithDefault("1048576")
    int maxQueuedBytes();

    /** How long more than that may wait before the socket is closed with 4009. */
    @WithDefault("2s")
    Duration patience();

    /** Bytes that may wait at any moment, as when catching up; past them 4009 at once. */
    @WithDefault("4194304")
    int maxBurstBytes();

    /** Whether permessage-deflate is offered. */
    @WithDefault("true")
    boolean compression();

    /** Frames from this size on are compressed for clients that can read it. */
    @WithDefault("1024")
    int compressFromBytes();

    /** Deflate's level, 1 (fast) to 9 (small). */
    @WithDefault("4")
    int compressionLevel();
  }

  /** How a replica says goodbye. */
  interface Drain {
    /** How long clients have to leave by themselves before their sockets are closed with 1012. */
    @WithDefault("3s")
    Duration grace();

    /** Clients are told to reconnect after a random time up to this. */
    @WithDefault("1s")
    Duration spread();
  }
}
