package dev.confab.chat.ledger;

import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.contracts.chat.Conversation;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who takes part in a locked conversation, of a big one those that were looked up; and what changes
 * of that. Not thread-safe.
 */
final class Members {
  private final boolean wasBig;
  private final Map<String, ParticipantRow> rows = new LinkedHashMap<>();
  private final Set<String> changed = new HashSet<>();
  private final Set<String> removed = new HashSet<>();
  private int count;
  private List<String> told;

  Members(int count) {
    this.count = count;
    this.wasBig = isBig(count);
  }

  private static boolean isBig(int count) {
    return count > Conversation.LISTED_PARTICIPANTS;
  }

  void load(ParticipantRow participant) {
    rows.put(participant.userId(), participant);
  }

  Optional<ParticipantRow> of(String userId) {
    return Optional.ofNullable(rows.get(userId));
  }

  Collection<ParticipantRow> all() {
    return rows.values();
  }

  int count() {
    return count;
  }

  /** Adds one or replaces what is known of one; says whether they came. */
  boolean put(ParticipantRow participant) {
    boolean isNew = rows.put(participant.userId(), participant) == null;
    changed.add(participant.userId());
    removed.remove(participant.userId());
    if (isNew) {
      count++;
      told = null;
    }
    return isNew;
  }

  /** Removes one; says whether they were there. */
  boolean remove(String userId) {
    boolean wasThere = rows.remove(userId) != null;
    if (wasThere) {
      changed.remove(userId);
      removed.add(userId);
      count--;
      told = null;
    }
    return wasThere;
  }

  /** Everybody to tell on their own channels, null in a big conversation. */
  List<String> told() {
    if (wasBig || isBig(count)) {
      return null;
    }
    if (told == null) {
      told = List.copyOf(rows.keySet());
    }
    return told;
  }

  Collection<ParticipantRow> changed() {
    return changed.stream().map(rows::get).toList();
  }

  Collection<String> removed() {
    return removed;
  }
}
