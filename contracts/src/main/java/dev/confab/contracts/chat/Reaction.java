package dev.confab.contracts.chat;

import java.util.List;

/**
 * How people reacted to a message with one emoji.
 *
 * @param count how many did
 * @param userIds who did, the first of them where many did
 */
public record Reaction(String emoji, int count, List<String> userIds) {}
