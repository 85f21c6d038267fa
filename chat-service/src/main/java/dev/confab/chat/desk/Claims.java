package dev.confab.chat.desk;

import dev.confab.chat.command.CommandApplication;
import dev.confab.chat.command.Way;
import dev.confab.chat.ledger.Ids;
import dev.confab.contracts.chat.Actor;
import dev.confab.contracts.chat.ChatCommand.HandOver;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.chat.ChatEvent.CommandRejected;
import dev.confab.contracts.chat.ChatEvent.OwnerChanged;
import dev.confab.contracts.chat.HandOverAction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Takes waiting dialogs for operators, by the same command that they give themselves. */
@ApplicationScoped
class Claims {
  private static final Logger LOG = Logger.getLogger(Claims.class);

  private final CommandApplication commands;

  Claims(CommandApplication commands) {
    this.commands = commands;
  }

  /**
   * Has an operator take a dialog.
   *
   * @param reason null for none of their own
   * @return whether it is theirs by this and was not before
   */
  boolean claim(UUID dialog, Actor operator, String reason) {
    HandOver claim =
        new HandOver(
            Ids.next().toString(),
            dialog.toString(),
            operator,
            null,
            HandOverAction.CLAIM,
            null,
            null,
            reason);
    ChatEvent outcome = commands.apply(List.of(claim), Way.REQUEST).get(0);
    if (outcome instanceof CommandRejected no) {
      LOG.debugf("event=claim_refused conversation=%s code=%s", dialog, no.code());
    }
    // None yet: it waits for a reply's fence, and whoever came first gets it.
    return outcome == null || outcome instanceof OwnerChanged;
  }
}
