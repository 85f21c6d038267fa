package dev.confab.chat.ledger;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.Optional;
import java.util.UUID;

/** Ids of conversations, messages and commands. */
public final class Ids {
  private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();
  private static final int CANONICAL_LENGTH = 36;

  private Ids() {}

  /** A new UUIDv7: later ones sort later, so that indexes grow at one end. */
  public static UUID next() {
    return GENERATOR.generate();
  }

  /** The id that a client named, empty if it cannot be one. */
  public static Optional<UUID> parse(String text) {
    if (text == null || text.length() != CANONICAL_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
