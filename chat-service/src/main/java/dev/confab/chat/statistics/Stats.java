package dev.confab.chat.statistics;

import java.time.LocalDate;
import java.util.List;

/**
 * What was said and what it cost.
 *
 * @param activeConversations those that are not deleted
 * @param totalMessages what people said and what was answered
 * @param byModel replies and their tokens
 * @param byDay the last 30 days (UTC) on which something happened, newest first
 */
public record Stats(
    long totalConversations,
    long activeConversations,
    long totalMessages,
    long totalTokens,
    List<OfModel> byModel,
    List<OfDay> byDay,
    Feedback feedback) {
  /** What one model answered. */
  public record OfModel(String model, long messages, long tokens) {}

  /** What happened on one day. */
  public record OfDay(LocalDate day, long messages, long tokens) {}

  /** Opinions of replies. */
  public record Feedback(long up, long down) {}
}
