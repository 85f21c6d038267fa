package dev.confab.chat.room;

import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.reply.Answerer;
import dev.confab.chat.standin.StandIns;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Who answers a person's message in a room: assistants that are addressed; else, where somebody who
 * is away is addressed or the AI is called, a stand-in; else, where the AI is called, the default.
 * What assistants say is answered by nobody.
 */
@ApplicationScoped
public class RoomTurns {
  private final StandIns standIns;

  RoomTurns(StandIns standIns) {
    this.standIns = standIns;
  }

  /**
   * Those who answer, in order; stand-ins see to themselves.
   *
   * @param asked who answers where the AI is called
   * @param expressly whether the sender named them beside the text
   */
  public List<Answerer> answerers(
      Ledger ledger,
      LockedConversation in,
      StoredMessage message,
      Answerer asked,
      boolean expressly) {
    Addressed addressed = Addressed.by(in, message);
    if (expressly && addressed.callsAi()) {
      return List.of(asked);
    }
    if (!addressed.assistants().isEmpty()) {
      return addressed.assistants();
    }
    if (standIns.take(ledger, in, message, addressed) || !addressed.callsAi()) {
      return List.of();
    }
    return List.of(asked);
  }
}
