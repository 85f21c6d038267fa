package dev.confab.contracts.chat;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A change of who answers in a conversation.
 *
 * @param owner who answers from now on: {@code assistant}, {@code waiting}, {@code operator},
 *     {@code member} or {@code none} (closed)
 * @param epoch how many times the owner changed, this change included
 * @param operatorId who it is, if {@code owner} is {@code operator}
 * @param operatorName what they are called
 * @param reason why, in the protocol's words, e.g. {@code visitor_asked}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Handoff(
    String owner, long epoch, String operatorId, String operatorName, String reason) {}
