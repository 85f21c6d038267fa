package dev.confab.gateway.connection;

import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.dialect.ClientFrame;
import dev.confab.gateway.security.Identity;

/** What a visitor may ask for over a socket: little, and of their own conversation alone. */
final class VisitorFrames {
  private VisitorFrames() {}

  /** Why somebody may not ask for that; null if they may, or are no visitor. */
  static ErrorCode refusal(Identity identity, ClientFrame frame) {
    if (!identity.isVisitor()) {
      return null;
    }
    String about = frame.conversationId();
    if (about != null && !about.equals(identity.conversationId())) {
      return ErrorCode.NOT_FOUND;
    }
    return isAllowed(frame) ? null : ErrorCode.FORBIDDEN;
  }

  private static boolean isAllowed(ClientFrame frame) {
    return switch (frame) {
      case ClientFrame.Auth auth -> true;
      case ClientFrame.Ping ping -> true;
      case ClientFrame.Join join -> true;
      case ClientFrame.Leave leave -> true;
      case ClientFrame.Send send -> true;
      case ClientFrame.StopReply stop -> true;
      case ClientFrame.Typing typing -> true;
      case ClientFrame.MarkRead read -> true;
      case ClientFrame.HandOver hand -> true;
      default -> false;
    };
  }
}
