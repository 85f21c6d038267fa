package dev.confab.contracts.chat;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Who is in a conversation.
 *
 * @param role {@code host}, {@code member} or {@code operator}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Participant(String userId, String name, String role, Boolean aiStandIn) {}
