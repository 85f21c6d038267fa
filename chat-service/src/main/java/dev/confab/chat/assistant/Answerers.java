package dev.confab.chat.assistant;

import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.model.Models;
import dev.confab.chat.reply.Answerer;
import dev.confab.chat.reply.Persona;
import dev.confab.chat.reply.Reply;
import dev.confab.chat.room.Addressed;
import dev.confab.chat.support.OperatorAccess;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Who answers: whom a user names, else the conversation's own assistant, else the default. */
@ApplicationScoped
public class Answerers {
  private final Models models;

  Answerers(Models models) {
    this.models = models;
  }

  /**
   * Finds whom a user means; what they name was looked up.
   *
   * @param asked an assistant's id, a model's name, or null for the conversation's own
   * @return empty if there is nobody of that name for this user
   */
  public Optional<Answerer> choose(
      Ledger ledger, LockedConversation in, String userId, String asked) {
    String own = in.assistantId() == null ? Reply.DEFAULT_ASSISTANT : in.assistantId();
    // It answers as the conversation began with it, even if it is gone or hidden by now; whom a
    // visitor talks with is their site's choice.
    if (asked == null
        || OperatorAccess.SUPPORT.equals(in.kind())
        || asked.equals(own)
        || Reply.DEFAULT_ASSISTANT.equals(asked)) {
      return Optional.of(new Answerer(own, null));
    }
    Optional<Persona> member = in.room().persona(asked);
    if (member.isPresent()) {
      // Whoever is in the room may ask what is a member there, hidden elsewhere or not.
      return member.map(persona -> Addressed.answerer(in, asked, persona));
    }
    Optional<UUID> id = Ids.parse(asked);
    return id.isPresent()
        ? ledger
            .assistant(id.get())
            .filter(assistant -> assistant.isVisibleTo(userId))
            .map(Answerers::inPerson)
        : models.answering(asked).map(name -> new Answerer(name, null));
  }

  private static Answerer inPerson(Assistant assistant) {
    return new Answerer(
        assistant.id().toString(), new Persona(assistant.name(), assistant.settings()));
  }
}
