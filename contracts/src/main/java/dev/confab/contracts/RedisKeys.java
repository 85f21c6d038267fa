package dev.confab.contracts;

/**
 * Redis channels and keys that more than one service, or more than one replica, must spell alike.
 */
public final class RedisKeys {
  /** Channel of all gateway replicas: list updates for many users at once. */
  public static final String ALL_GATEWAYS_CHANNEL = "gateway:all";

  /** Channel of all gateway replicas where operators watch the desk: which dialogs changed. */
  public static final String DESK_CHANNEL = "gateway:desk";

  private RedisKeys() {}

  /** Channel of one conversation: every frame for connections that joined it. */
  public static String conversationChannel(String conversationId) {
    return "conv:" + conversationId;
  }

  /** Channel of one user: list updates, for every connection of that user. */
  public static String userChannel(String userId) {
    return "user:" + userId;
  }

  /** Channel of one gateway replica: outcomes of commands that came in there. */
  public static String gatewayChannel(String gatewayId) {
    return "gateway:" + gatewayId;
  }

  /** Cached text of a running reply, for those who join late; it may vanish at any time. */
  public static String replyText(String messageId) {
    return "reply:" + messageId;
  }

  /** Liveness of an ai-service replica: renewed every second, expires after three. */
  public static String runner(String runnerId) {
    return "runner:" + runnerId;
  }

  /** Claim of one attempt at a reply by a runner, so that a redelivered request starts no twin. */
  public static String attemptClaim(String messageId, int attempt) {
    return "attempt:" + messageId + ':' + attempt;
  }
}
