package dev.confab.chat.standin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.ChatConfig;
import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.problem.ProblemException;
import dev.confab.chat.reply.ReplyQueue;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Conversation;
import jakarta.enterprise.context.ApplicationScoped;

/** Members decide for themselves whether, and how, they are answered for. */
@ApplicationScoped
public class StandInSwitch {
  private static final String FLAG = "ai_stand_in";
  private static final String NOTE = "stand_in_note";

  private final ChatConfig.StandIns config;
  private final ReplyQueue queue;

  StandInSwitch(ChatConfig config, ReplyQueue queue) {
    this.config = config.standIns();
    this.queue = queue;
  }

  /** Whether a patch of a participant asks for anything here. */
  public boolean isMeantBy(JsonNode patch) {
    return patch.has(FLAG) || patch.has(NOTE);
  }

  /**
   * Applies {@code ai_stand_in} and {@code stand_in_note} of a patch.
   *
   * @throws ProblemException if a value is not allowed, or this is no room of listed members
   */
  public ParticipantRow apply(
      Ledger ledger, LockedConversation in, ParticipantRow own, JsonNode patch) {
    ParticipantRow after = patch.has(FLAG) ? own.standIn(flag(patch.get(FLAG))) : own;
    if (after.aiStandIn() && !own.aiStandIn()) {
      requireRoom(in);
    }
    if (!after.equals(own)) {
      in.putParticipant(after);
    }
    if (patch.has(NOTE)) {
      ledger.standInNote(in.id(), own.userId(), note(patch.get(NOTE)));
    }
    if (!after.aiStandIn()) {
      silence(ledger, in, own.userId());
    }
    return after;
  }

  /** Nobody speaks for a member any more. */
  public void silence(Ledger ledger, LockedConversation in, String userId) {
    queue.silence(ledger, in, userId::equals);
  }

  private static void requireRoom(LockedConversation in) {
    if (!"room".equals(in.kind()) || in.participantCount() > Conversation.LISTED_PARTICIPANTS) {
      throw new ProblemException(
          ErrorCode.CONFLICT,
          "Stand-ins answer in rooms of up to " + Conversation.LISTED_PARTICIPANTS + " people.");
    }
  }

  private static boolean flag(JsonNode value) {
    if (!value.isBoolean()) {
      throw ProblemException.invalid(FLAG, "true or false.");
    }
    return value.booleanValue();
  }

  private String note(JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    if (!value.isTextual() || value.asText().length() > config.maxNoteChars()) {
      throw ProblemException.invalid(
          NOTE, "Text of at most " + config.maxNoteChars() + " characters.");
    }
    return MessageText.storable(value.asText());
  }
}
