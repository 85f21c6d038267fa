/**
 * A reply from its request to its completion: which provider to ask, what to do when it fails, what
 * tools to use in between, when to give up, and how its tokens become the records of {@code
 * ai.stream}.
 *
 * <p>Requests and LLM events enter; {@code ReplyStarted}, {@code ReplyDelta}, {@code
 * ReplyToolCalled}, {@code ReplyToolResult} and {@code ReplyCompleted} leave, in this order, on one
 * partition. What a person reads when a reply fails is not said here: chat-service decides it.
 */
package dev.confab.ai.reply;
