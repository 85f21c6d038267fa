package dev.confab.chat.model;

import java.time.Instant;

/**
 * A model of one provider, as stored.
 *
 * @param position its place in the order in which ai-service tells them
 * @param contextLength most tokens it takes in, null if unknown
 * @param isDefault whether it answers where nobody chose
 * @param retiredAt when its provider stopped listing it, null while it does
 */
record ListedModel(
    String provider,
    String id,
    int position,
    Integer contextLength,
    boolean isDefault,
    boolean isActive,
    Instant firstSeen,
    Instant retiredAt) {
  ListedModel asDefault(boolean newDefault) {
    return newDefault == isDefault
        ? this
        : new ListedModel(
            provider, id, position, contextLength, newDefault, isActive, firstSeen, retiredAt);
  }

  ListedModel retired(Instant now) {
    return new ListedModel(provider, id, position, contextLength, false, false, firstSeen, now);
  }
}
