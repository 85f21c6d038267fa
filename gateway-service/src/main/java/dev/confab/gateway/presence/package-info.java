/**
 * Who is there, over all devices and replicas; everything lives in Redis, by Redis's clock.
 *
 * <p>In come the first and last connection of each user at this replica; out go {@link
 * dev.confab.contracts.presence.PresenceChanged} to all gateways and chat-service, and answers
 * about users, none while nothing is known. A replica keeps a set of its users under one lease, so
 * idle connections cost nothing; when a lease ends, any other replica takes that set apart.
 */
package dev.confab.gateway.presence;
