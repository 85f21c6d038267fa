package dev.confab.chat.standin;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.presence.Presence;
import dev.confab.chat.presence.PresenceState;
import dev.confab.chat.reply.Answerer;
import dev.confab.chat.reply.Reply;
import dev.confab.chat.reply.ReplyPolicy;
import dev.confab.chat.reply.ReplyQueue;
import dev.confab.chat.schema.Rounds;
import dev.confab.chat.standin.TurnClaims.Claimed;
import dev.confab.chat.statistics.Budgets;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Has turns answered whose grace is over by PostgreSQL's clock, if somebody they are for is surely
 * away now; else they are withdrawn without a word. Any replica does.
 */
@ApplicationScoped
class DueTurns {
  private static final Logger LOG = Logger.getLogger(DueTurns.class);
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int AT_ONCE = 100;
  private static final String DUE =
      "SELECT "
          + StandInTurn.COLUMNS
          + " FROM stand_in_turns t WHERE t.due_at <= clock_timestamp() ORDER BY t.due_at LIMIT ?";

  private final ChatConfig.StandIns config;
  private final Reads reads;
  private final Ledgers ledgers;
  private final Presence presence;
  private final ReplyQueue queue;
  private final Budgets budgets;
  private final GraceTimers timers;
  private final Rounds rounds;

  DueTurns(
      ChatConfig config,
      Reads reads,
      Ledgers ledgers,
      Presence presence,
      ReplyQueue queue,
      Budgets budgets,
      GraceTimers timers,
      Rounds rounds) {
    this.config = config.standIns();
    this.reads = reads;
    this.ledgers = ledgers;
    this.presence = presence;
    this.queue = queue;
    this.budgets = budgets;
    this.timers = timers;
    this.rounds = rounds;
  }

  void start(@Observes StartupEvent ignored) {
    rounds.every("stand-ins", PAUSE, this::sweep);
  }

  private void sweep() throws InterruptedException {
    timers.await(config.lookEvery());
    List<StandInTurn> due =
        reads.plain(connection -> Reads.all(connection, DUE, StandInTurn::read, AT_ONCE));
    if (due.isEmpty()) {
      return;
    }
    Set<String> candidates = new HashSet<>();
    due.forEach(turn -> candidates.addAll(turn.candidates()));
    Map<String, PresenceState> known = presence.states(candidates);
    List<Claimed> claimed = new ArrayList<>();
    Lookup lookup = new Lookup();
    ledgers.write(
        connection -> {
          claimed.addAll(TurnClaims.claim(connection, due, known));
          claimed.forEach(each -> add(lookup, each));
        },
        lookup,
        ledger -> {
          claimed.forEach(each -> answer(ledger, each));
          return null;
        });
  }

  private void add(Lookup lookup, Claimed claimed) {
    StandInTurn turn = claimed.turn();
    lookup
        .conversation(turn.conversationId())
        .message(turn.conversationId(), turn.turnId())
        .recentStandIns(turn.conversationId());
    budgets.addTo(lookup, claimed.member());
  }

  private void answer(Ledger ledger, Claimed claimed) {
    StandInTurn turn = claimed.turn();
    String member = claimed.member();
    LockedConversation in = ledger.conversation(turn.conversationId()).orElse(null);
    Optional<StoredMessage> message =
        in == null
            ? Optional.empty()
            : in.message(turn.turnId()).filter(m -> !m.isDeleted() && mayAnswer(in, member));
    if (message.isEmpty() || budgets.exceeded(ledger, member).isPresent()) {
      return;
    }
    if (in.recentStandIns(member) >= config.perMinute()) {
      LOG.infof("event=stand_in_silent conversation=%s user=%s", in.name(), member);
      return;
    }
    var persona =
        StandInPrompt.persona(
            member, in.participant(member).get().name(), claimed.note(), in.settings());
    Reply reply =
        queue.ask(
            ledger, in, message.get(), new Answerer(Reply.DEFAULT_ASSISTANT, persona), member);
    LOG.infof(
        "event=stand_in_answers conversation=%s message=%s user=%s",
        in.name(), reply.messageId(), member);
  }

  private static boolean mayAnswer(LockedConversation in, String member) {
    return !in.isClosed()
        && ReplyPolicy.of(in.kind(), in.owner()) instanceof ReplyPolicy.WhenCalled
        && in.participant(member).filter(p -> p.aiStandIn()).isPresent();
  }
}
