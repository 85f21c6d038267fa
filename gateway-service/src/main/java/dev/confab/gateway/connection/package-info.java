/**
 * Sockets: opening, authentication, heartbeats, limits, bounded queues for slow clients, and the
 * drain at the end.
 *
 * <p>Client text enters through {@link dev.confab.gateway.connection.ChatSocket} and leaves as
 * commands and joins; frames enter through {@link dev.confab.gateway.fanout.Subscriber#send} from
 * any thread and leave on the socket's own event loop, one task and one flush per loop and burst.
 * Refused here: what is too big, too deep, too often, too slow or not authenticated.
 */
package dev.confab.gateway.connection;
