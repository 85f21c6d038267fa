package dev.confab.chat.reply;

import dev.confab.chat.room.Mentions;

/** Whether the AI answers a message by itself; each kind of conversation has one. */
public sealed interface ReplyPolicy {
  /** Whether a person's message is a turn that gets a reply. */
  boolean answers(String content);

  /** Whether a reply may be asked for. */
  boolean allowsRequests();

  /** Whether people say nothing here that is not for the assistant. */
  default boolean answersAll() {
    return this instanceof EveryMessage;
  }

  /** One talks with the assistant: every message is answered. */
  record EveryMessage() implements ReplyPolicy {
    @Override
    public boolean answers(String content) {
      return true;
    }

    @Override
    public boolean allowsRequests() {
      return true;
    }
  }

  /** People talk with each other: the AI answers when it is called. */
  record WhenCalled() implements ReplyPolicy {
    @Override
    public boolean answers(String content) {
      return Mentions.callAi(content);
    }

    @Override
    public boolean allowsRequests() {
      return true;
    }
  }

  /** A person answers, or nobody: the AI never talks over them. */
  record Silent() implements ReplyPolicy {
    @Override
    public boolean answers(String content) {
      return false;
    }

    @Override
    public boolean allowsRequests() {
      return false;
    }
  }

  /** The policy of a conversation, by its kind and by who answers in it now. */
  static ReplyPolicy of(String kind, String owner) {
    return switch (kind) {
      case "assistant" -> "assistant".equals(owner) ? new EveryMessage() : new Silent();
      case "support" -> "assistant".equals(owner) ? new EveryMessage() : new Silent();
      case "room" -> "member".equals(owner) ? new WhenCalled() : new Silent();
      default -> new Silent();
    };
  }
}
