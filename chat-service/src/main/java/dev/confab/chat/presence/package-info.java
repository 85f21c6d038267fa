/**
 * Who is there: read from Redis, where gateways keep it, and heard from their channel.
 *
 * <p>In come questions about users and {@link dev.confab.contracts.presence.PresenceChanged}; out
 * go answers that count what is unknown as online, and the wish to count as offline, which is kept
 * in the database and restored to Redis.
 */
package dev.confab.chat.presence;
