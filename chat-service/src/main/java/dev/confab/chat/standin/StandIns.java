package dev.confab.chat.standin;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.room.Addressed;
import dev.confab.contracts.chat.Conversation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Who answers in the name of members who are away. */
@ApplicationScoped
public class StandIns {
  private final ChatConfig.StandIns config;
  private final GraceTimers timers;

  StandIns(ChatConfig config, GraceTimers timers) {
    this.config = config.standIns();
    this.timers = timers;
  }

  /**
   * Whether somebody's stand-in takes a person's message that no assistant answers. Who is away is
   * asked when the grace is over; then it may still be answered by nobody. Nothing is looked up
   * here.
   */
  public boolean take(
      Ledger ledger, LockedConversation in, StoredMessage message, Addressed addressed) {
    if (in.participantCount() > Conversation.LISTED_PARTICIPANTS) {
      return false;
    }
    List<String> standIns = standIns(in, message.senderId());
    List<String> candidates =
        StandInPolicy.candidates(
            standIns, in.participantCount(), addressed.userIds(), addressed.callsAi());
    if (candidates.isEmpty()) {
      return false;
    }
    ledger.standIn(
        new StandInTurn(
            in.id(), message.id(), message.seq(), candidates, ledger.now().plus(config.grace())));
    timers.set(config.grace());
    return true;
  }

  /** Mostly nobody's; every message of a room comes by here. */
  private static List<String> standIns(LockedConversation in, String senderId) {
    List<String> standIns = List.of();
    for (ParticipantRow each : in.participants()) {
      if (each.aiStandIn() && !each.userId().equals(senderId)) {
        standIns = standIns.isEmpty() ? new ArrayList<>() : standIns;
        standIns.add(each.userId());
      }
    }
    return standIns;
  }
}
