package dev.confab.chat.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.account.Accounts;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.problem.ProblemException;
import dev.confab.chat.standin.StandInSwitch;
import dev.confab.chat.support.OperatorAccess;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Participant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Who joins a conversation, who leaves it, and who may change it. */
@ApplicationScoped
public class ParticipantChanges {
  private static final int MAX_PARTICIPANTS = 10_000;
  private static final List<String> ROLES = List.of(ParticipantRow.HOST, ParticipantRow.MEMBER);

  private final Ledgers ledgers;
  private final Accounts accounts;
  private final StandInSwitch standIns;

  ParticipantChanges(Ledgers ledgers, Accounts accounts, StandInSwitch standIns) {
    this.ledgers = ledgers;
    this.accounts = accounts;
    this.standIns = standIns;
  }

  /**
   * A host adds a user; adding one who is there changes nothing.
   *
   * @param name what they are called if they have no account that says so, or null
   */
  Participant add(UUID id, String byUserId, String userId, String name) {
    String known = accounts.names(List.of(userId)).getOrDefault(userId, name);
    return addNamed(id, byUserId, userId, known);
  }

  /** The same, of whom it is known what they are called. */
  public Participant addNamed(UUID id, String byUserId, String userId, String name) {
    return ledgers.write(
        lookup(id, byUserId, userId),
        ledger -> {
          LockedConversation in = seenBy(ledger, id, byUserId);
          ConversationChanges.requireHost(in.participant(byUserId).orElseThrow());
          return in.participant(userId)
              .orElseGet(() -> join(ledger, in, userId, name))
              .toContract();
        });
  }

  /** Lets a user in who is not there yet; what was said before is not unread to them. */
  public static ParticipantRow join(
      Ledger ledger, LockedConversation in, String userId, String name) {
    if (in.isClosed()) {
      throw new ProblemException(ErrorCode.CONVERSATION_CLOSED, "The conversation is closed.");
    }
    if (in.participantCount() >= MAX_PARTICIPANTS) {
      throw new ProblemException(ErrorCode.CONFLICT, "The conversation is full.");
    }
    ParticipantRow joining =
        new ParticipantRow(
            in.id(),
            userId,
            MessageText.storable(name),
            ParticipantRow.MEMBER,
            in.lastSeq(),
            false,
            false,
            ledger.now());
    in.putParticipant(joining);
    ConversationChanges.announce(ledger, in, null);
    return joining;
  }

  /** A user leaves, or a host removes one. */
  void remove(UUID id, String byUserId, String userId) {
    ledgers.write(
        lookup(id, byUserId, userId).leaders(id),
        ledger -> {
          LockedConversation in = seenBy(ledger, id, byUserId);
          if (OperatorAccess.isDesk(in.kind())) {
            throw new ProblemException(
                ErrorCode.CONFLICT, "Who takes part here follows from who answers.");
          }
          if (!byUserId.equals(userId)) {
            ConversationChanges.requireHost(in.participant(byUserId).orElseThrow());
          }
          ParticipantRow leaving =
              in.participant(userId).orElseThrow(() -> ProblemException.notFound("participant"));
          in.removeParticipant(userId);
          standIns.silence(ledger, in, userId);
          if (leaving.isHost()) {
            passHostOn(in);
          }
          ConversationChanges.announce(ledger, in, List.of(userId));
          return null;
        });
  }

  /** Somebody must be able to change the conversation: who is there longest. */
  private static void passHostOn(LockedConversation in) {
    if (hasHost(in)) {
      return;
    }
    in.participants().stream()
        .filter(p -> ParticipantRow.MEMBER.equals(p.role()))
        .min(Comparator.comparing(ParticipantRow::joinedAt))
        .ifPresent(eldest -> in.putParticipant(eldest.inRole(ParticipantRow.HOST)));
  }

  private static boolean hasHost(LockedConversation in) {
    return in.participants().stream().anyMatch(ParticipantRow::isHost);
  }

  /**
   * Applies a merge patch of {@code role} (by a host) and of {@code ai_stand_in, stand_in_note}
   * (one's own alone).
   */
  Participant patch(UUID id, String byUserId, String userId, JsonNode patch) {
    Optional<String> role = role(patch);
    return ledgers.write(
        lookup(id, byUserId, userId).leaders(id),
        ledger -> {
          LockedConversation in = seenBy(ledger, id, byUserId);
          if (role.isPresent()) {
            ConversationChanges.requireHost(in.participant(byUserId).orElseThrow());
          }
          ParticipantRow before =
              in.participant(userId).orElseThrow(() -> ProblemException.notFound("participant"));
          ParticipantRow promoted = role.map(asked -> promote(in, before, asked)).orElse(before);
          ParticipantRow after =
              standIns.isMeantBy(patch)
                  ? standIns.apply(ledger, in, own(promoted, byUserId), patch)
                  : promoted;
          if (!after.equals(before)) {
            ConversationChanges.announce(ledger, in, null);
          }
          return after.toContract();
        });
  }

  private static ParticipantRow own(ParticipantRow participant, String byUserId) {
    if (!participant.userId().equals(byUserId)) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN, "Members decide for themselves whether they are answered for.");
    }
    return participant;
  }

  private static Optional<String> role(JsonNode patch) {
    if (patch == null || !patch.isObject()) {
      throw ProblemException.invalid("body", "Send an object.");
    }
    if (!patch.has("role")) {
      return Optional.empty();
    }
    String role = patch.get("role").asText();
    if (!ROLES.contains(role)) {
      throw ProblemException.invalid("role", "One of " + String.join(", ", ROLES) + ".");
    }
    return Optional.of(role);
  }

  private static ParticipantRow promote(
      LockedConversation in, ParticipantRow participant, String role) {
    if (role.equals(participant.role())) {
      return participant;
    }
    if (!ROLES.contains(participant.role())) {
      throw new ProblemException(ErrorCode.CONFLICT, "An operator's role is not given here.");
    }
    ParticipantRow promoted = participant.inRole(role);
    in.putParticipant(promoted);
    if (!hasHost(in)) {
      throw new ProblemException(
          ErrorCode.CONFLICT, "Somebody must stay host; make another one host first.");
    }
    return promoted;
  }

  private static Lookup lookup(UUID id, String byUserId, String userId) {
    return new Lookup().conversation(id).user(id, byUserId).user(id, userId);
  }

  private static LockedConversation seenBy(Ledger ledger, UUID id, String userId) {
    return ledger
        .conversation(id)
        .filter(c -> c.participant(userId).isPresent())
        .orElseThrow(() -> ProblemException.notFound("conversation"));
  }
}
