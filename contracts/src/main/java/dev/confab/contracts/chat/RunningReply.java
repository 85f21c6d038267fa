package dev.confab.contracts.chat;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A reply that was announced and has not ended; its text lives on {@code ai.stream}.
 *
 * @param seq number of its birth
 * @param assistantId who answers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunningReply(
    long seq, String messageId, String replyTo, String assistantId, String onBehalfOf) {}
