package dev.confab.chat.conversation;

import dev.confab.contracts.chat.Settings;
import java.util.List;

/**
 * A conversation to be made.
 *
 * @param kind {@code assistant} or {@code room}
 * @param participants ids of further users
 */
public record NewConversation(
    String kind,
    String title,
    String assistantId,
    List<String> participants,
    Settings settings,
    Boolean sensitive) {}
