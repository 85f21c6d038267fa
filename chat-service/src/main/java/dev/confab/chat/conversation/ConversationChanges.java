package dev.confab.chat.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.problem.ProblemException;
import dev.confab.chat.reply.FenceRequest;
import dev.confab.chat.reply.FenceRequest.Purpose;
import dev.confab.chat.reply.Reply;
import dev.confab.chat.reply.ReplyQueue;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.ChatEvent.ConversationChanged;
import dev.confab.contracts.chat.ChatEvent.ReadPositionMoved;
import dev.confab.contracts.chat.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Changes of a conversation as a whole: its title and settings, closing and opening it again. */
@ApplicationScoped
public class ConversationChanges {
  private final Ledgers ledgers;
  private final ReplyQueue replies;
  private final SettingsRules settingsRules;

  ConversationChanges(Ledgers ledgers, ReplyQueue replies, SettingsRules settingsRules) {
    this.ledgers = ledgers;
    this.replies = replies;
    this.settingsRules = settingsRules;
  }

  private record Locked(LockedConversation in, ParticipantRow own) {}

  /** Applies a merge patch of {@code title, settings} (host) and {@code pinned, archived} (own). */
  ConversationItem patch(UUID id, String userId, JsonNode patch) {
    settingsRules.prepare(patch.get("settings"));
    // Counting from the very beginning means: from the position that is stored.
    Lookup lookup = lookup(id, userId).readPosition(id, userId, 0);
    return ledgers.write(
        lookup,
        ledger -> {
          Locked locked = locked(ledger, id, userId);
          if (patch.has("title") || patch.has("settings")) {
            describe(ledger, locked, patch);
          }
          ParticipantRow own = list(ledger, locked, patch);
          return new ConversationItem(locked.in().toContract(), own.view(unread(locked.in(), own)));
        });
  }

  private void describe(Ledger ledger, Locked locked, JsonNode patch) {
    requireHost(locked.own());
    LockedConversation in = locked.in();
    String title = in.title();
    if (patch.has("title")) {
      title = text(patch.get("title"));
      ConversationCreation.checkTitle(title);
    }
    Settings settings =
        patch.has("settings")
            ? settingsRules.patched(in.settings(), patch.get("settings"))
            : in.settings();
    in.describe(MessageText.storable(title), settings);
    announce(ledger, in, null);
  }

  private static String text(JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw ProblemException.invalid("title", "A title is text.");
    }
    return value.asText();
  }

  private static ParticipantRow list(Ledger ledger, Locked locked, JsonNode patch) {
    ParticipantRow own = locked.own().listed(flag(patch, "pinned"), flag(patch, "archived"));
    if (!own.equals(locked.own())) {
      LockedConversation in = locked.in();
      in.putParticipant(own);
      // The position has not moved; the event takes the new view to one's own other connections.
      ledger.emit(
          new ReadPositionMoved(
              in.name(),
              own.userId(),
              own.lastReadSeq(),
              in.toContract(),
              own.view(unread(in, own)),
              null,
              null));
    }
    return own;
  }

  private static Unread unread(LockedConversation in, ParticipantRow own) {
    return in.unread(own.userId(), own.lastReadSeq());
  }

  private static Boolean flag(JsonNode patch, String field) {
    JsonNode value = patch.get(field);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      throw ProblemException.invalid(field, "true or false.");
    }
    return value.booleanValue();
  }

  /**
   * Closes a conversation; a running reply is fenced first.
   *
   * @return whether it is closed now; if not, it will be when the fence was read back
   */
  boolean close(UUID id, String userId) {
    return ledgers.write(
        lookup(id, userId),
        ledger -> {
          Locked locked = locked(ledger, id, userId);
          requireHost(locked.own());
          LockedConversation in = locked.in();
          if (in.isClosed()) {
            return true;
          }
          in.queued().forEach(waiting -> replies.withdraw(in, waiting));
          Optional<Reply> running = in.running();
          running.ifPresent(
              r ->
                  replies.fence(
                      ledger,
                      in,
                      r,
                      new FenceRequest(Purpose.CLOSE_CONVERSATION, null, null, null)));
          if (running.isEmpty()) {
            in.closedAt(ledger.now());
            announce(ledger, in, null);
          }
          return running.isEmpty();
        });
  }

  /** Opens a closed conversation again. */
  void restore(UUID id, String userId) {
    ledgers.write(
        lookup(id, userId),
        ledger -> {
          Locked locked = locked(ledger, id, userId);
          requireHost(locked.own());
          if (locked.in().isClosed()) {
            locked.in().closedAt(null);
            announce(ledger, locked.in(), null);
          }
          return null;
        });
  }

  /** Gives a change of the whole conversation its number and lets it be known. */
  public static void announce(Ledger ledger, LockedConversation in, List<String> removed) {
    long seq = in.nextSeq(ledger.now());
    ledger.emit(
        new ConversationChanged(in.name(), seq, in.toContract(), in.told(), removed, null, null));
  }

  private static Lookup lookup(UUID id, String userId) {
    return new Lookup().conversation(id).user(id, userId);
  }

  private static Locked locked(Ledger ledger, UUID id, String userId) {
    LockedConversation in =
        ledger.conversation(id).orElseThrow(() -> ProblemException.notFound("conversation"));
    ParticipantRow own =
        in.participant(userId).orElseThrow(() -> ProblemException.notFound("conversation"));
    return new Locked(in, own);
  }

  static void requireHost(ParticipantRow participant) {
    if (!participant.isHost()) {
      throw new ProblemException(ErrorCode.FORBIDDEN, "Only a host may do this.");
    }
  }
}
