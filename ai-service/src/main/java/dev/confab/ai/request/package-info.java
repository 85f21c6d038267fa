/**
 * Requests enter here from {@code ai.requests}; each leaves as a running reply, or is passed over
 * because it is void, a twin, or unreadable. A request's offset is committed once its {@code
 * ReplyStarted} is acknowledged.
 */
package dev.confab.ai.request;
