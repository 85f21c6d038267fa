package dev.confab.chat.room;

import dev.confab.contracts.chat.Reaction;
import java.util.ArrayList;
import java.util.List;

/** How what everybody sees of reactions follows one that comes or goes. */
public final class ReactionRules {
  /** So many different emoji may stand at a message. */
  public static final int MAX_EMOJI = 20;

  private ReactionRules() {}

  /** Whether one more with this emoji would be one emoji too many. */
  public static boolean isFull(List<Reaction> reactions, String emoji) {
    return reactions != null
        && reactions.size() >= MAX_EMOJI
        && reactions.stream().noneMatch(r -> r.emoji().equals(emoji));
  }

  /**
   * The reactions after one has come or gone; each emoji keeps its place, a new one comes last.
   *
   * @param before null for none
   * @param first the first of those whose reaction stands now
   */
  public static List<Reaction> after(
      List<Reaction> before, String emoji, boolean on, List<String> first) {
    List<Reaction> after = new ArrayList<>();
    boolean found = false;
    for (Reaction each : before == null ? List.<Reaction>of() : before) {
      boolean meant = each.emoji().equals(emoji);
      found |= meant;
      Reaction now = meant ? counted(each, on, first) : each;
      if (now.count() > 0) {
        after.add(now);
      }
    }
    if (!found && on) {
      after.add(new Reaction(emoji, 1, first));
    }
    return List.copyOf(after);
  }

  private static Reaction counted(Reaction reaction, boolean on, List<String> first) {
    return new Reaction(reaction.emoji(), reaction.count() + (on ? 1 : -1), first);
  }
}
