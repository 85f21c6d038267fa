package dev.confab.contracts.chat;

/**
 * An assistant that is a member of a room and answers there when it is addressed.
 *
 * @param name what it was called when it was added, by which it is addressed
 */
public record AssistantMember(String assistantId, String name) {}
