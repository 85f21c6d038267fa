package dev.confab.chat.reply;

import dev.confab.chat.reply.ReplyState.Ended;
import dev.confab.chat.reply.ReplyState.Queued;
import dev.confab.chat.reply.ReplyState.Running;
import java.time.Instant;
import java.util.UUID;

/**
 * An assistant's answer to a message, from the queue to its end.
 *
 * @param turnId the message it answers
 * @param assistantId who answers: an assistant, a model's name, or {@link #DEFAULT_ASSISTANT}
 * @param persona of an assistant that is not the conversation's own, else null
 * @param userId on whose account
 * @param epoch the owner's epoch for which it may be written
 * @param dueAt when it must have begun or, once begun, ended
 */
public record Reply(
    UUID conversationId,
    UUID messageId,
    UUID turnId,
    long turnSeq,
    String assistantId,
    Persona persona,
    String userId,
    long epoch,
    Instant createdAt,
    Instant dueAt,
    ReplyState state) {
  /** Who answers where nobody was named. */
  public static final String DEFAULT_ASSISTANT = "default";

  /** The name under which assistants speak. */
  public static final String SENDER_NAME = "Assistant";

  /** Whether it waits. */
  public boolean isQueued() {
    return state instanceof Queued;
  }

  /** Whether it is being written. */
  public boolean isRunning() {
    return state instanceof Running;
  }

  /** Whether it answers this message on behalf of this assistant, and of no member. */
  public boolean answers(UUID message, String assistant) {
    return turnId.equals(message) && assistantId.equals(assistant) && onBehalfOf() == null;
  }

  /** The member in whose name it is written, or null. */
  public String onBehalfOf() {
    return persona == null ? null : persona.onBehalfOf();
  }

  /** Whether a client means this reply by that id: its own, or its turn's. */
  public boolean isMeantBy(UUID id) {
    return messageId.equals(id) || turnId.equals(id);
  }

  /** The same, being written from now on. */
  public Reply open(long seq, Instant now) {
    return with(queued().open(seq, now), dueAt);
  }

  /** The same, to be ended for a reason as soon as its fence is read back. */
  public Reply fenced(FenceRequest request, Instant now) {
    return with(running().fenced(request, now), dueAt);
  }

  /** The same, continued by another attempt. */
  public Reply reopened(int nextAttempt) {
    return with(running().reopened(nextAttempt), dueAt);
  }

  /** The same, over. */
  public Reply ended() {
    return with(new Ended(), dueAt);
  }

  /** The running state; it is an error to ask otherwise. */
  public Running running() {
    if (state instanceof Running running) {
      return running;
    }
    throw new IllegalStateException("reply " + messageId + " is not running");
  }

  private Queued queued() {
    if (state instanceof Queued queued) {
      return queued;
    }
    throw new IllegalStateException("reply " + messageId + " is not queued");
  }

  private Reply with(ReplyState next, Instant due) {
    return new Reply(
        conversationId,
        messageId,
        turnId,
        turnSeq,
        assistantId,
        persona,
        userId,
        epoch,
        createdAt,
        due,
        next);
  }
}
