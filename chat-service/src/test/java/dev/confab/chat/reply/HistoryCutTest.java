package dev.confab.chat.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.message.Births;
import dev.confab.chat.message.MessageStatus;
import dev.confab.chat.message.ReplyText;
import dev.confab.chat.message.StoredMessage;
import dev.confab.contracts.ai.CompletionRequested.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HistoryCutTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final UUID conversation = UUID.randomUUID();
  private final HistoryCut cut = new HistoryCut(4, 100);

  private StoredMessage said(long seq, String content) {
    return Births.ofUser(
        conversation, seq, UUID.randomUUID(), "u1", "Ada", content, null, null, NOW);
  }

  private StoredMessage streaming(long seq, StoredMessage turn) {
    return Births.ofReply(
        conversation, seq, UUID.randomUUID(), "default", "Assistant", turn.id(), NOW);
  }

  private StoredMessage answered(long seq, StoredMessage turn, String content) {
    return streaming(seq, turn)
        .ended(
            new ReplyText(content, MessageStatus.COMPLETE, "stop", false, null, null), seq + 100);
  }

  @Test
  void aReplyStandsAfterItsTurnHoweverLateItWasWritten() {
    var first = said(1, "one");
    var second = said(3, "two");
    var third = said(4, "three");
    var messages =
        List.of(first, answered(2, first, "ONE"), second, third, answered(5, second, "TWO"));

    assertThat(cut.of(messages, third.id(), false))
        .containsExactly(
            new Turn("assistant", null, "ONE"),
            new Turn("user", null, "two"),
            new Turn("assistant", null, "TWO"),
            new Turn("user", null, "three"));
  }

  @Test
  void whatWasSaidAfterTheTurnAndEarlierRepliesToItAreLeftOut() {
    var turn = said(1, "again");
    var messages = List.of(turn, answered(2, turn, "first try"), said(3, "later"));

    assertThat(cut.of(messages, turn.id(), true)).containsExactly(new Turn("user", "Ada", "again"));
  }

  @Test
  void fallbacksDeletedAndRunningOnesAreNotTold() {
    var first = said(1, "one");
    var fallback = streaming(2, first).ended(ReplyEnding.fallback(null), 3);
    var deleted = said(4, "gone").deleted(5, NOW);
    var turn = said(6, "two");

    var turns =
        cut.of(List.of(first, fallback, deleted, streaming(7, first), turn), turn.id(), false);

    assertThat(turns).containsExactly(new Turn("user", null, "one"), new Turn("user", null, "two"));
  }

  @Test
  void asMuchAsFitsAndTheTurnWhole() {
    List<StoredMessage> messages = new ArrayList<>();
    for (int seq = 1; seq <= 6; seq++) {
      messages.add(said(seq, "text " + seq));
    }
    var turn = said(7, "x".repeat(500));
    messages.add(turn);

    assertThat(cut.of(messages, messages.get(5).id(), false)).hasSize(4);
    assertThat(cut.of(messages, turn.id(), false))
        .containsExactly(new Turn("user", null, "x".repeat(500)));
  }

  @Test
  void ofSeveralRepliesToOneMessageTheChosenOneIsTold() {
    var first = said(1, "one");
    var early = answered(2, first, "early");
    var late = answered(3, first, "late");
    var failed = streaming(4, first).ended(ReplyEnding.fallback(null), 5);
    var turn = said(6, "two");

    assertThat(cut.of(List.of(first, early, late, failed, turn), turn.id(), false))
        .extracting(Turn::content)
        .containsExactly("one", "late", "two");
    assertThat(cut.of(List.of(first, early.chosen(7), late, failed, turn), turn.id(), false))
        .extracting(Turn::content)
        .containsExactly("one", "early", "two");
  }
}
