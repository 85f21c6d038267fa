package dev.confab.chat.desk;

import dev.confab.chat.conversation.Caller;
import dev.confab.chat.support.Operators;
import dev.confab.contracts.chat.Actor;
import jakarta.enterprise.context.RequestScoped;

/** The operator who makes a request; whoever does is at the desk. */
@RequestScoped
public class AtDesk {
  private final Caller caller;
  private final Operators operators;

  AtDesk(Caller caller, Operators operators) {
    this.caller = caller;
    this.operators = operators;
  }

  /** The operator as the actor of a command. */
  public Actor actor() {
    Actor actor = caller.actor();
    operators.seen(actor.userId(), actor.name());
    return actor;
  }
}
