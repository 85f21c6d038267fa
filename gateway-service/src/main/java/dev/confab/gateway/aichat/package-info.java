/**
 * What the dialect {@code ai-chat} has beside its sockets in conversations: its REST paths, which
 * are those of v1 in other words, the whole answer over HTTP, and the live list of a user's
 * sessions. A session is a conversation with an assistant. Every request goes on with the caller's
 * own token, so what a user may see is decided where it is for v1.
 */
package dev.confab.gateway.aichat;
