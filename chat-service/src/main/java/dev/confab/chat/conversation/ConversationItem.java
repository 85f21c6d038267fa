package dev.confab.chat.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.confab.contracts.chat.Conversation;
import dev.confab.contracts.chat.ConversationView;

/**
 * A conversation's fields, and beside them what is one's own about it.
 *
 * @param branchedFrom where it was branched off, told only to who may see that; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConversationItem(
    @JsonUnwrapped Conversation conversation, ConversationView my, BranchPoint branchedFrom) {
  /** A message at which a conversation was branched off. */
  public record BranchPoint(String conversationId, String messageId) {}

  /** One that was not branched off, or not told so. */
  public ConversationItem(Conversation conversation, ConversationView my) {
    this(conversation, my, null);
  }
}
