package dev.confab.gateway.command;

import dev.confab.contracts.chat.ChatCommand;
import dev.confab.gateway.fanout.Subscriber;

/** A command whose outcome its connection waits for. */
final class PendingCommand {
  /** Commands with the same key are repeated in order, one call at a time. */
  record OrderKey(Subscriber subscriber, String conversationId) {}

  private final Subscriber subscriber;
  private final ChatCommand command;
  private final String frameId;
  private final long number;
  private final long submittedAtMillis;
  private long repeatAtMillis;
  private boolean repeated;

  PendingCommand(
      Subscriber subscriber,
      ChatCommand command,
      String frameId,
      long number,
      long nowMillis,
      long patienceMillis) {
    this.subscriber = subscriber;
    this.command = command;
    this.frameId = frameId;
    this.number = number;
    this.submittedAtMillis = nowMillis;
    this.repeatAtMillis = nowMillis + patienceMillis;
  }

  Subscriber subscriber() {
    return subscriber;
  }

  ChatCommand command() {
    return command;
  }

  String frameId() {
    return frameId;
  }

  /** Order of submission on this replica. */
  long number() {
    return number;
  }

  long ageMillis(long nowMillis) {
    return nowMillis - submittedAtMillis;
  }

  synchronized boolean isDue(long nowMillis) {
    return nowMillis >= repeatAtMillis;
  }

  synchronized void repeatAt(long millis) {
    repeatAtMillis = millis;
  }

  /** It goes over HTTP, and again so at that time if nothing comes of it. */
  synchronized void repeated(long againAtMillis) {
    repeated = true;
    repeatAtMillis = againAtMillis;
  }

  synchronized boolean wasRepeated() {
    return repeated;
  }

  OrderKey orderKey() {
    return new OrderKey(subscriber, command.conversationId());
  }
}
