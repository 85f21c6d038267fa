/**
 * Full-text search in one's own conversations, and the indexer behind it, which also moves the
 * order of lists and counts what users say.
 *
 * <p>Events of {@code chat.events} only wake the indexer; what it indexes it reads from the
 * database, up to the number it has come to. So an event may come late, twice or never, and nothing
 * of it is on the way of a message.
 */
package dev.confab.chat.search;
