package dev.confab.chat.support;

import dev.confab.chat.support.HandOverAsked.Party;

/** Why who answers changed: the protocol's words, or an operator's own. */
public final class HandOverReasons {
  /** The visitor wants a person. */
  public static final String VISITOR_ASKED = "visitor_asked";

  /** The assistant wants a person to go on. */
  public static final String ASSISTANT_ASKED = "assistant_asked";

  /** The assistant could not answer, or not to the end. */
  public static final String ASSISTANT_FAILED = "assistant_failed";

  /** Nobody answered in time. */
  public static final String UNANSWERED = "unanswered";

  /** An operator took it. */
  public static final String OPERATOR_CLAIMED = "operator_claimed";

  /** An operator took it by saying something. */
  public static final String OPERATOR_SENT = "operator_sent";

  /** An operator put it into the queue. */
  public static final String RELEASED = "released";

  /** An operator let the assistant answer again. */
  public static final String HANDED_BACK = "handed_back";

  /** An operator gave it to another one. */
  public static final String TRANSFERRED = "transferred";

  /** Its operator is away. */
  public static final String OPERATOR_GONE = "operator_gone";

  /** It is over. */
  public static final String CLOSED = "closed";

  private HandOverReasons() {}

  /** The reason that all sides are told. A visitor's own words are no reason. */
  static String of(HandOverAsked asked) {
    boolean own = asked.by() != Party.VISITOR && asked.reason() != null;
    return own && !asked.reason().isBlank() ? asked.reason().strip() : usual(asked);
  }

  private static String usual(HandOverAsked asked) {
    return switch (asked.action()) {
      case REQUEST -> asked.by() == Party.VISITOR ? VISITOR_ASKED : RELEASED;
      case CLAIM -> asked.message() == null ? OPERATOR_CLAIMED : OPERATOR_SENT;
      case RELEASE -> RELEASED;
      case HAND_BACK -> HANDED_BACK;
      case TRANSFER -> TRANSFERRED;
      case CLOSE -> CLOSED;
    };
  }
}
