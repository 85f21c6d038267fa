package dev.confab.contracts.chat;

/**
 * Where a command came in, so that its outcome finds the way back.
 *
 * @param gateway id of the gateway replica (new at each start)
 * @param connection id of the connection there
 */
public record Origin(String gateway, String connection) {}
