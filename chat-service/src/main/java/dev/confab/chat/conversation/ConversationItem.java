package dev.confab.chat.conversation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.confab.contracts.chat.Conversation;
import dev.confab.contracts.chat.ConversationView;

/** A conversation's fields, and beside them what is one's own about it. */
public record ConversationItem(@JsonUnwrapped Conversation conversation, ConversationView my) {}
