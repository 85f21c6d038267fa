package dev.confab.chat.ledger;

import dev.confab.contracts.ErrorCode;
import java.util.UUID;

/**
 * What came of a command, kept for its repeats.
 *
 * @param code why it was refused, null if it was done
 * @param detail for people, null if it was done
 * @param field the offending field, or null
 * @param messageId what it was about, or null
 */
public record CommandOutcome(
    UUID conversationId,
    String commandId,
    ErrorCode code,
    String detail,
    String field,
    UUID messageId) {}
