package dev.confab.contracts;

/**
 * Redis channels and keys that more than one service, or more than one replica, must spell alike.
 */
public final class RedisKeys {
  /** Channel of all gateway replicas: list updates for many users at once. */
  public static final String ALL_GATEWAYS_CHANNEL = "gateway:all";

  /** Channel of all gateway replicas where operators watch the desk: which dialogs changed. */
  public static final String DESK_CHANNEL = "gateway:desk";

  /** Channel of {@code PresenceChanged}: who came and who is gone, to gateways and chat-service. */
  public static final String PRESENCE_CHANNEL = "presence:changes";

  // What follows is looked at together, in scripts, so it shares one slot of a Redis cluster.

  /**
   * Since when presence is to be believed (milliseconds of Redis's clock, perhaps in the future);
   * renewed by every gateway. While it is missing nobody is known to be offline.
   */
  public static final String PRESENCE_MARKER = "{presence}:marker";

  /** Gateways by when their lease ends (sorted set, milliseconds of Redis's clock). */
  public static final String PRESENCE_GATEWAYS = "{presence}:gateways";

  /** Users who are connected somewhere, as everybody was told (set). */
  public static final String PRESENCE_ONLINE = "{presence}:online";

  /** Users who want to count as offline (set); chat-service restores it. */
  public static final String PRESENCE_HIDDEN = "{presence}:hidden";

  /** Users whose last connection to a gateway ended, by when to look whether they came back. */
  public static final String PRESENCE_LEAVING = "{presence}:leaving";

  /** Users who went offline, by when they were last there (sorted set, milliseconds). */
  public static final String PRESENCE_SEEN = "{presence}:seen";

  /** What {@link #presenceAt} begins with. */
  public static final String PRESENCE_AT = "{presence}:at:";

  private RedisKeys() {}

  /** Users who are connected to one gateway (set); it holds as long as that gateway's lease. */
  public static String presenceAt(String gatewayId) {
    return PRESENCE_AT + gatewayId;
  }

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
