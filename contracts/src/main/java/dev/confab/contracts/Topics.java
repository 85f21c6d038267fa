package dev.confab.contracts;

/** Kafka topics. All but auth-service's two are keyed by conversation id. */
public final class Topics {
  /** {@code ChatCommand}s, written by gateways, read by chat-service (one group). */
  public static final String CHAT_COMMANDS = "chat.commands";

  /** {@code ChatEvent}s, written by chat-service's outbox, read by gateways (one group). */
  public static final String CHAT_EVENTS = "chat.events";

  /** {@code CompletionRequested}, written by chat-service, read by ai-service (one group). */
  public static final String AI_REQUESTS = "ai.requests";

  /** {@code ReplyCancelled}, written by chat-service, read whole by every ai-service replica. */
  public static final String AI_CONTROL = "ai.control";

  /**
   * {@code ReplyRecord}s: what replies say. Written by ai-service and, for fences alone, by
   * chat-service; folded by gateways and by chat-service, each a group.
   */
  public static final String AI_STREAM = "ai.stream";

  /** {@code SessionEvent}s, compacted, keyed by session id, read whole by every gateway. */
  public static final String AUTH_EVENTS = "auth.events";

  /** {@code UserEvent}s, compacted, keyed by user id and kind of choice, read by chat-service. */
  public static final String AUTH_USERS = "auth.users";

  /** Partitions of every keyed topic: the unit of scale, fixed when topics are made. */
  public static final int PARTITIONS = 24;

  private Topics() {}
}
