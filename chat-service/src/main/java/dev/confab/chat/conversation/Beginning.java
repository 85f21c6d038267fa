package dev.confab.chat.conversation;

import dev.confab.contracts.chat.Settings;

/**
 * What a conversation begins with, copied so that it keeps working whatever becomes of its
 * assistant.
 *
 * @param assistantId null where no assistant was chosen
 * @param assistantName what that assistant is called now, or null
 */
record Beginning(String assistantId, String assistantName, Settings settings) {}
