package dev.confab.chat.standin;

import dev.confab.chat.presence.PresenceState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** For whom the AI may answer a person's message, and for whom it does. */
final class StandInPolicy {
  private StandInPolicy() {}

  /**
   * The members of whom one may be answered for: those who are addressed, else, where the AI is
   * called, everybody; in a room of two the other one, whatever is said.
   *
   * @param standIns who wants to be answered for, the sender left out
   * @param people how many are in the room
   * @param addressed whom the message is for, by name or by a reply
   * @param callsAi whether it calls the AI, and no assistant answers
   */
  static List<String> candidates(
      List<String> standIns, int people, List<String> addressed, boolean callsAi) {
    List<String> meant = standIns.stream().filter(addressed::contains).toList();
    if (!meant.isEmpty()) {
      return meant;
    }
    return callsAi || people == 2 ? standIns : List.of();
  }

  /** Of those who are surely away the one who was there last; who was never seen comes last. */
  static Optional<String> choose(List<String> candidates, Map<String, PresenceState> known) {
    return candidates.stream()
        .filter(user -> known.containsKey(user) && !known.get(user).online())
        .min(Comparator.comparing(user -> seen(known.get(user)), Comparator.reverseOrder()));
  }

  private static Instant seen(PresenceState state) {
    return state.lastSeenAt() == null ? Instant.MIN : state.lastSeenAt();
  }
}
