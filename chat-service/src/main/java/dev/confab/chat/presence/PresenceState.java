package dev.confab.chat.presence;

import java.time.Instant;

/**
 * What is known of a user.
 *
 * @param online whether they are on a device, and do not want to count as offline
 * @param lastSeenAt when they were last there; null while they are, or where nobody remembers
 */
public record PresenceState(boolean online, Instant lastSeenAt) {}
