package dev.confab.chat.standin;

import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.room.Addressed;
import jakarta.enterprise.context.ApplicationScoped;

/** Who answers in the name of members who are away. */
@ApplicationScoped
public class StandIns {
  /** Whether somebody's stand-in takes a message that no assistant answers. */
  public boolean take(
      Ledger ledger, LockedConversation in, StoredMessage message, Addressed addressed) {
    return false;
  }
}
