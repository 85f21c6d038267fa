package dev.confab.contracts.ai;

/**
 * A reply was fenced: whoever runs this or an earlier attempt ends the upstream call.
 *
 * @param attempt the last attempt that is void
 */
public record ReplyCancelled(String conversationId, String messageId, int attempt) {}
