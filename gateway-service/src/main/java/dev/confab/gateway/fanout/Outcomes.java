package dev.confab.gateway.fanout;

import dev.confab.contracts.chat.ChatEvent;

/** Who hears of the outcomes of commands that came in at this replica. */
public interface Outcomes {
  /** A relayed change was the outcome of a command of this replica. */
  void changed(Envelope.Opened change);

  /** An event was the outcome of a command of this replica. */
  void outcome(ChatEvent event);
}
