package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.contracts.RedisKeys;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.ai.ReplyRecord.ReplyCompleted;
import dev.confab.contracts.ai.ReplyRecord.ReplyStarted;
import dev.confab.contracts.chat.Actor;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.chat.ChatEvent.OwnerChanged;
import dev.confab.contracts.chat.ChatEvent.ReplyEnded;
import dev.confab.contracts.chat.ChatEvent.ReplyOpened;
import dev.confab.contracts.chat.HandOverAction;
import dev.confab.contracts.chat.Participant;
import dev.confab.contracts.chat.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestTokens.class)
@TestProfile(HandOverTriggersIT.Hasty.class)
class HandOverTriggersIT extends SupportJourney {
  /** Deadlines that a test can wait for. */
  public static class Hasty implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "confab.chat.replies.begin-within", "2s",
          "confab.chat.replies.begin-tolerance", "1s",
          "confab.chat.replies.mark-begun-after", "200ms",
          "confab.chat.replies.look-every", "200ms",
          "confab.chat.support.operator-answers-within", "3s",
          "confab.chat.support.operator-gone-after", "2s",
          "confab.chat.support.note-operators-every", "200ms",
          "confab.chat.support.staff-look-every", "200ms",
          "confab.chat.support.look-every", "200ms");
    }
  }

  /** Other tests know of people too. */
  @BeforeEach
  @AfterEach
  void forgetWhoIsThere() {
    redis.key().del(RedisKeys.PRESENCE_MARKER, RedisKeys.PRESENCE_ONLINE);
  }

  private CompletionRequested asked(String dialog) {
    say(visitor, dialog, "Where is my parcel?");
    return stage.request(dialog);
  }

  private void say(Actor actor, String dialog, String content) {
    api.commands(Dialogs.say(actor, dialog, UUID.randomUUID().toString(), content));
  }

  private OwnerChanged waiting(String dialog, String reason) {
    return stage.event(
        dialog,
        OwnerChanged.class,
        e ->
            e.message().handoff().owner().equals("waiting")
                && e.message().handoff().reason().equals(reason));
  }

  private long count(String dialog, Class<? extends ChatEvent> type) {
    return stage.events(dialog).stream().filter(type::isInstance).count();
  }

  /** From now on whoever is not in Redis is known to be away. */
  private void presenceIsKnown() {
    redis.value(String.class).set(RedisKeys.PRESENCE_MARKER, "1");
  }

  @Test
  void whatTheAssistantCannotAnswerIsHandedOver() {
    String dialog = dialogs.open(ada);
    CompletionRequested request = asked(dialog);
    stage.stream.write(dialog, new ReplyStarted(dialog, request.messageId(), 1, stage.runner));
    stage.complete(request, stage.runner, 0, "failed");

    OwnerChanged changed = waiting(dialog, "assistant_failed");
    ReplyEnded ended = stage.event(dialog, ReplyEnded.class);

    assertThat(ended.message().status()).isEqualTo("failed");
    assertThat(changed.seq()).isEqualTo(ended.seq() + 1);
    assertThat(changed.message().content()).startsWith("The assistant cannot answer right now. ");
  }

  @Test
  void whatBrokeOffIsHandedOver() {
    String dialog = dialogs.open(ada);
    CompletionRequested request = asked(dialog);
    stage.begin(request, "It is");
    stage.complete(request, stage.runner, 99, "stop");

    OwnerChanged changed = waiting(dialog, "assistant_failed");

    ReplyEnded ended = stage.event(dialog, ReplyEnded.class);
    assertThat(ended.message().status()).isEqualTo("interrupted");
    assertThat(changed.seq()).isEqualTo(ended.seq() + 1);
  }

  @Test
  void aModelAsksForAPersonAndSaysNothing() {
    String dialog = dialogs.open(ada);
    CompletionRequested request = asked(dialog);
    stage.stream.write(dialog, new ReplyStarted(dialog, request.messageId(), 1, stage.runner));
    stage.stream.write(
        dialog,
        new ReplyCompleted(
            dialog,
            request.messageId(),
            1,
            stage.runner,
            0,
            new Usage(3, 4, 7),
            "model-1",
            "tool",
            null,
            "wants a refund"));

    OwnerChanged changed = waiting(dialog, "assistant_asked");
    ReplyEnded ended = stage.event(dialog, ReplyEnded.class);

    assertThat(ended.message().content()).isEqualTo("I am passing this on to a person.");
    assertThat(ended.message().status()).isEqualTo("complete");
    assertThat(ended.message().finishReason()).isEqualTo("tool");
    assertThat(changed.seq()).isEqualTo(ended.seq() + 1);
  }

  @Test
  void whatNobodyBeginsIsHandedOver() {
    String dialog = dialogs.open(ada);
    asked(dialog);

    OwnerChanged changed = waiting(dialog, "unanswered");

    assertThat(stage.event(dialog, ReplyEnded.class).message().kind()).isEqualTo("fallback");
    assertThat(changed.message().content()).startsWith("There was no answer in time. ");
    say(visitor, dialog, "Hello?");
    assertThat(count(dialog, ReplyOpened.class)).isEqualTo(1);
  }

  @Test
  void aTurnThatWaitsTooLongIsHandedOverInPlaceOfBeingDeclined() {
    String dialog = dialogs.open(ada);
    CompletionRequested first = asked(dialog);
    stage.begin(first, "A long story");
    say(visitor, dialog, "And my refund?");

    OwnerChanged changed = waiting(dialog, "unanswered");
    ReplyEnded ended = stage.event(dialog, ReplyEnded.class);

    assertThat(ended.message().content()).isEqualTo("A long story");
    assertThat(ended.message().status()).isEqualTo("stopped");
    assertThat(changed.seq()).isEqualTo(ended.seq() + 1);
    assertThat(count(dialog, OwnerChanged.class)).isEqualTo(1);
    assertThat(count(dialog, ReplyOpened.class)).isEqualTo(1);
  }

  @Test
  void anOperatorWhoSaysNothingLosesTheConversation() {
    String dialog = dialogs.open(ada);
    api.commands(Dialogs.hand(visitor, dialog, HandOverAction.REQUEST));
    api.commands(Dialogs.hand(operator, dialog, HandOverAction.CLAIM));

    OwnerChanged changed = waiting(dialog, "unanswered");

    assertThat(changed.removed()).containsExactly(grace.id().toString());
    assertThat(changed.conversation().participants())
        .extracting(Participant::userId)
        .containsExactly(ada.id().toString());
  }

  @Test
  void anOperatorHasTimeAgainWithEachAnswer() {
    String dialog = dialogs.open(ada);
    say(operator, dialog, "Hello, how can I help?");
    say(visitor, dialog, "My parcel");
    say(operator, dialog, "One moment");

    await()
        .during(Duration.ofSeconds(4))
        .atMost(Duration.ofSeconds(8))
        .until(() -> api.changes(dialog, "").conversation().owner().equals("operator"));
    say(visitor, dialog, "Still there?");
    waiting(dialog, "unanswered");
  }

  @Test
  void theConversationsOfWhoIsGoneReturnToTheQueueAndSayWhatFollows() {
    String dialog = dialogs.open(ada, dialogs.site(null, grace));
    say(operator, dialog, "Hello, how can I help?");
    presenceIsKnown();

    OwnerChanged changed = waiting(dialog, "operator_gone");

    assertThat(changed.message().content())
        .startsWith("Grace is no longer connected. Nobody of the team is here right now.");
  }

  @Test
  void whoIsThereKeepsTheirConversations() {
    String dialog = dialogs.open(ada);
    String online = RedisKeys.PRESENCE_ONLINE;
    redis.set(String.class).sadd(online, grace.id().toString());
    say(operator, dialog, "Hello, how can I help?");
    presenceIsKnown();

    await()
        .during(Duration.ofSeconds(4))
        .atMost(Duration.ofSeconds(8))
        .until(() -> api.changes(dialog, "").conversation().owner().equals("operator"));
    redis.set(String.class).srem(online, grace.id().toString());
    waiting(dialog, "operator_gone");
  }

  @Test
  void outsideOfficeHoursItSaysWhenSomebodyIsBack() {
    UUID site = dialogs.site("{\"time_zone\":\"Europe/Berlin\",\"weekly\":[]}", grace);
    UUID late =
        dialogs.site(
            "{\"time_zone\":\"Europe/Berlin\",\"weekly\":[{\"day\":\"%s\",\"from\":\"00:00\",\"to\":\"00:01\"}]}"
                .formatted(
                    LocalDate.now(ZoneId.of("Europe/Berlin"))
                        .plusDays(3)
                        .getDayOfWeek()
                        .name()
                        .toLowerCase(Locale.ROOT)));
    await()
        .untilAsserted(
            () -> {
              String never = dialogs.open(ada, site);
              String later = dialogs.open(ada, late);
              api.commands(Dialogs.hand(visitor, never, HandOverAction.REQUEST));
              api.commands(Dialogs.hand(visitor, later, HandOverAction.REQUEST));
              assertThat(waiting(never, "visitor_asked").message().content())
                  .contains("Nobody of the team is here right now");
              assertThat(waiting(later, "visitor_asked").message().content())
                  .contains("The team is away until ")
                  .contains("00:00 (Europe/Berlin)");
            });
  }
}
