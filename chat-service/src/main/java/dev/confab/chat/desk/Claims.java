package dev.confab.chat.desk;

import dev.confab.chat.command.CommandApplication;
import dev.confab.chat.command.Way;
import dev.confab.contracts.chat.Actor;
import dev.confab.contracts.chat.ChatCommand.HandOver;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.chat.ChatEvent.OwnerChanged;
import dev.confab.contracts.chat.HandOverAction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Takes waiting dialogs for operators, by the same command that they give themselves. */
@ApplicationScoped
class Claims {
  private final CommandApplication commands;

  Claims(CommandApplication commands) {
    this.commands = commands;
  }

  /**
   * Has an operator take a dialog.
   *
   * @param commandId the same one again repeats its outcome, whoever it was for
   * @param reason null for none of their own
   * @return whether it is theirs by this and was not before
   */
  boolean claim(UUID dialog, Actor operator, String commandId, String reason) {
    HandOver claim =
        new HandOver(
            commandId, dialog.toString(), operator, null, HandOverAction.CLAIM, null, null, reason);
    ChatEvent outcome = commands.apply(List.of(claim), Way.REQUEST).get(0);
    // None yet: it waits for a reply's fence, and whoever came first gets it.
    return outcome == null || outcome instanceof OwnerChanged;
  }
}
