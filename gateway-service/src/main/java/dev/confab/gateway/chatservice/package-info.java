/**
 * The gateway's own calls to chat-service's internal paths, with its service token: snapshots,
 * catching up, heads and repeated commands. Leaves nothing to the public origin.
 */
package dev.confab.gateway.chatservice;
