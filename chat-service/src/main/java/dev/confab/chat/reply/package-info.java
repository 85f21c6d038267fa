/**
 * Replies: who answers, the queue of one conversation, the fold of what they say, and their ends.
 *
 * <p>In come turns (from {@code command}) and the records of {@code ai.stream}; out go requests to
 * ai-service, fences and events, all through the outbox. One reply runs per conversation, and each
 * ends once: by its owner's completion or by a fence, whichever the partition has first.
 */
package dev.confab.chat.reply;
