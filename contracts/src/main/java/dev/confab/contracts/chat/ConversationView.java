package dev.confab.contracts.chat;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What is one's own about a conversation.
 *
 * @param unread messages of others above one's read position
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConversationView(
    int unread, int mentions, long lastReadSeq, boolean pinned, boolean archived) {}
