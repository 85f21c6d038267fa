package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.Api.Person;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.chat.Actor;
import dev.confab.contracts.chat.ChatCommand.HandOver;
import dev.confab.contracts.chat.ChatCommand.SendMessage;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.chat.ChatEvent.CommandRejected;
import dev.confab.contracts.chat.ChatEvent.MessageAdded;
import dev.confab.contracts.chat.ChatEvent.OwnerChanged;
import dev.confab.contracts.chat.ChatEvent.ReplyEnded;
import dev.confab.contracts.chat.ChatEvent.ReplyOpened;
import dev.confab.contracts.chat.HandOverAction;
import dev.confab.contracts.chat.Handoff;
import dev.confab.contracts.chat.Participant;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestTokens.class)
class HandOverIT extends SupportJourney {
  @Test
  void aClaimAmidAReplyStoresTheReplyFirst() {
    String dialog = dialogs.open(ada);
    CompletionRequested request = answering(dialog, "tell me a story");
    HandOver claim = Dialogs.hand(operator, dialog, HandOverAction.CLAIM);

    assertThat(request.canHandOver()).isTrue();
    assertThat(api.commands(claim, claim)).isEmpty();
    OwnerChanged changed = owned(dialog, "operator");
    stage.begin(request, " a time");
    stage.complete(request, stage.runner, 16, "stop");
    ReplyEnded ended = stage.event(dialog, ReplyEnded.class);

    assertThat(ended.message().content()).isEqualTo("Once upon");
    assertThat(ended.message().status()).isEqualTo("stopped");
    assertThat(changed.seq()).isEqualTo(ended.seq() + 1);
    assertThat(changed.commandId()).isEqualTo(claim.commandId());
    assertThat(changed.origin()).isEqualTo(Api.ORIGIN);
    assertThat(changed.message().kind()).isEqualTo("handoff");
    assertThat(changed.message().messageType()).isEqualTo("system");
    assertThat(changed.message().content()).isEqualTo("Grace has joined and answers from now on.");
    assertThat(changed.message().handoff())
        .isEqualTo(new Handoff("operator", 1, grace.id().toString(), "Grace", "operator_claimed"));
    assertThat(changed.conversation().owner()).isEqualTo("operator");
    assertThat(changed.conversation().operatorId()).isEqualTo(grace.id().toString());
    assertThat(changed.conversation().participants())
        .contains(new Participant(grace.id().toString(), "Grace", "operator", null));
    assertThat(changed.participants())
        .containsExactlyInAnyOrder(ada.id().toString(), grace.id().toString());
    JsonNode again = apply(claim);
    assertThat(again.path("type").asText()).isEqualTo("command_accepted");
    assertThat(again.path("message_id").asText()).isEqualTo(changed.message().id());
    assertThat(api.changes(dialog, "after_seq=0").messages()).last().isEqualTo(changed.message());
  }

  @Test
  void aReplyThatCompletesBeforeTheFenceStaysWhole() {
    String dialog = dialogs.open(ada);
    CompletionRequested request = answering(dialog, "tell me a story");
    stage.complete(request, stage.runner, 9, "stop");

    JsonNode outcome = apply(Dialogs.hand(operator, dialog, HandOverAction.CLAIM));
    OwnerChanged changed = owned(dialog, "operator");
    ReplyEnded ended = stage.event(dialog, ReplyEnded.class);

    assertThat(outcome == null || outcome.path("type").asText().equals("owner_changed")).isTrue();
    assertThat(ended.message().content()).isEqualTo("Once upon");
    assertThat(changed.seq()).isEqualTo(ended.seq() + 1);
  }

  @Test
  void ofFiftyClaimsAtOnceOneWins() {
    String dialog = dialogs.open(ada);
    CompletionRequested request = answering(dialog, "tell me a story");
    List<HandOver> claims = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Actor each = Dialogs.operator(Person.any("Operator " + i));
      claims.add(Dialogs.hand(each, dialog, HandOverAction.CLAIM));
    }

    List<Thread> threads =
        claims.stream().map(c -> Thread.startVirtualThread(() -> api.commands(c))).toList();
    OwnerChanged changed = owned(dialog, "operator");
    threads.forEach(HandOverIT::join);
    List<JsonNode> outcomes = claims.stream().map(this::apply).toList();

    assertThat(outcomes).filteredOn(o -> o.path("type").asText().endsWith("accepted")).hasSize(1);
    assertThat(outcomes)
        .filteredOn(o -> o.path("code").asText().equals("CONFLICT"))
        .hasSize(49)
        .allSatisfy(
            o ->
                assertThat(o.path("message").asText())
                    .contains(changed.message().handoff().operatorName()));
    assertThat(stage.events(dialog)).filteredOn(OwnerChanged.class::isInstance).hasSize(1);
    assertThat(request.messageId()).isEqualTo(stage.event(dialog, ReplyEnded.class).message().id());
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void pendingWishesAreDecidedInTheirOrder() {
    String dialog = dialogs.open(ada);
    answering(dialog, "tell me a story");
    HandOver claim = Dialogs.hand(operator, dialog, HandOverAction.CLAIM);
    HandOver back = Dialogs.hand(operator, dialog, HandOverAction.HAND_BACK);
    HandOver late = Dialogs.hand(other, dialog, HandOverAction.CLAIM);

    List<JsonNode> outcomes = api.commands(claim, back, late);
    OwnerChanged last =
        stage.event(
            dialog,
            OwnerChanged.class,
            e -> linus.id().toString().equals(e.message().handoff().operatorId()));

    assertThat(outcomes).isEmpty();
    assertThat(last.message().handoff().epoch()).isEqualTo(3);
    assertThat(stage.events(dialog))
        .filteredOn(OwnerChanged.class::isInstance)
        .extracting(e -> ((OwnerChanged) e).seq())
        .containsExactly(last.seq() - 2, last.seq() - 1, last.seq());
    assertThat(api.changes(dialog, "").running()).isNull();
  }

  @Test
  void aVisitorWhoWritesWhileAClaimWaitsIsNotAnsweredByTheAssistant() {
    String dialog = dialogs.open(ada);
    CompletionRequested first = answering(dialog, "tell me a story");

    List<JsonNode> outcomes =
        api.commands(
            Dialogs.hand(operator, dialog, HandOverAction.CLAIM),
            Dialogs.say(visitor, dialog, "v2", "and another one"));
    owned(dialog, "operator");
    JsonNode third = say(visitor, dialog, "v3", "hello?");

    assertThat(outcomes).hasSize(1);
    assertThat(third.path("type").asText()).isEqualTo("message_added");
    assertThat(stage.events(dialog)).filteredOn(ReplyOpened.class::isInstance).hasSize(1);
    assertThat(stage.requests.seen())
        .filteredOn(r -> r.conversationId().equals(dialog))
        .containsExactly(first);
    assertThat(api.changes(dialog, "").running()).isNull();
  }

  @Test
  void whatAnOperatorSaysClaimsFirst() {
    String dialog = dialogs.open(ada);
    answering(dialog, "tell me a story");
    SendMessage hello = Dialogs.say(operator, dialog, "g1", "Hello, I am Grace");
    SendMessage resent = Dialogs.say(operator, dialog, "g1", "Hello, I am Grace");
    SendMessage rival = Dialogs.say(other, dialog, "l1", "Me too");

    assertThat(api.commands(hello, resent, rival)).isEmpty();
    MessageAdded added =
        stage.event(dialog, MessageAdded.class, e -> hello.commandId().equals(e.commandId()));
    MessageAdded again =
        stage.event(dialog, MessageAdded.class, e -> resent.commandId().equals(e.commandId()));
    CommandRejected refused = stage.event(dialog, CommandRejected.class);
    OwnerChanged changed = owned(dialog, "operator");

    assertThat(changed.commandId()).isNull();
    assertThat(changed.message().handoff().reason()).isEqualTo("operator_sent");
    assertThat(added.seq()).isEqualTo(changed.seq() + 1);
    assertThat(added.message().messageType()).isEqualTo("operator");
    assertThat(added.message().clientId()).isEqualTo("g1");
    assertThat(again.message()).isEqualTo(added.message());
    assertThat(again.participants()).isEmpty();
    assertThat(refused.commandId()).isEqualTo(rival.commandId());
    assertThat(refused.code().name()).isEqualTo("CONFLICT");
    assertThat(refused.message()).contains("Grace");
    assertThat(apply(hello).at("/message/id").asText()).isEqualTo(added.message().id());
    assertThat(apply(rival).path("code").asText()).isEqualTo("CONFLICT");
    assertThat(say(operator, dialog, "g2", "How can I help?").at("/message/message_type").asText())
        .isEqualTo("operator");
  }

  @Test
  void withoutARunningReplyItIsDoneAtOnce() {
    String dialog = dialogs.open(ada);

    JsonNode asked = apply(Dialogs.hand(visitor, dialog, HandOverAction.REQUEST));
    JsonNode again = apply(Dialogs.hand(visitor, dialog, HandOverAction.REQUEST));
    JsonNode said = say(operator, dialog, "g1", "Hello");
    JsonNode transferred = apply(Dialogs.hand(operator, dialog, HandOverAction.TRANSFER, linus));
    JsonNode notMine = say(operator, dialog, "g2", "Still me");
    JsonNode released = apply(Dialogs.hand(other, dialog, HandOverAction.RELEASE));
    JsonNode closed = apply(Dialogs.hand(operator, dialog, HandOverAction.CLOSE));
    JsonNode late = say(visitor, dialog, "v9", "wait");

    assertThat(asked.at("/message/handoff/owner").asText()).isEqualTo("waiting");
    assertThat(asked.at("/message/handoff/reason").asText()).isEqualTo("visitor_asked");
    assertThat(again.path("type").asText()).isEqualTo("command_accepted");
    assertThat(said.path("type").asText()).isEqualTo("message_added");
    assertThat(transferred.at("/message/handoff/operator_name").asText()).isEqualTo("Linus");
    assertThat(transferred.path("removed").get(0).asText()).isEqualTo(grace.id().toString());
    assertThat(notMine.path("code").asText()).isEqualTo("CONFLICT");
    assertThat(notMine.path("message").asText()).contains("Linus");
    assertThat(released.at("/message/handoff/owner").asText()).isEqualTo("waiting");
    assertThat(closed.at("/message/handoff/owner").asText()).isEqualTo("none");
    assertThat(late.path("code").asText()).isEqualTo("CONVERSATION_CLOSED");
    assertThat(api.changes(dialog, "").conversation().participants())
        .extracting(Participant::userId)
        .containsExactly(ada.id().toString());
  }

  @Test
  void handedBackTheAssistantAnswersWhatWasSaidLast() {
    String dialog = dialogs.open(ada);
    apply(Dialogs.hand(operator, dialog, HandOverAction.CLAIM));
    say(visitor, dialog, "v1", "one");
    JsonNode open = say(visitor, dialog, "v2", "two");

    apply(Dialogs.hand(operator, dialog, HandOverAction.HAND_BACK));
    CompletionRequested request = stage.request(dialog);
    stage.begin(request, "Two.");
    stage.complete(request, stage.runner, 4, "stop");
    stage.event(dialog, ReplyEnded.class);
    apply(Dialogs.hand(operator, dialog, HandOverAction.CLAIM));
    apply(Dialogs.hand(operator, dialog, HandOverAction.HAND_BACK));

    assertThat(stage.event(dialog, ReplyOpened.class).reply().replyTo())
        .isEqualTo(open.at("/message/id").asText());
    assertThat(request.turns())
        .extracting(CompletionRequested.Turn::content)
        .containsExactly("one", "two");
    assertThat(owner(dialog)).isEqualTo("assistant");
    assertThat(api.changes(dialog, "").running()).isNull();
  }

  @Test
  void whatAReplyBeganToAnswerIsNotAnsweredAgain() {
    String dialog = dialogs.open(ada);
    answering(dialog, "tell me a story");
    apply(Dialogs.hand(operator, dialog, HandOverAction.CLAIM));
    owned(dialog, "operator");

    apply(Dialogs.hand(operator, dialog, HandOverAction.HAND_BACK));

    assertThat(owned(dialog, "assistant").conversation().owner()).isEqualTo("assistant");
    assertThat(api.changes(dialog, "").running()).isNull();
    assertThat(stage.events(dialog)).filteredOn(ReplyOpened.class::isInstance).hasSize(1);
  }

  @Test
  void whatAReplySaidNothingToIsAnsweredWhenHandedBack() {
    String dialog = dialogs.open(ada);
    say(visitor, dialog, "v1", "hello");
    CompletionRequested first = stage.request(dialog);
    apply(Dialogs.hand(operator, dialog, HandOverAction.CLAIM));
    owned(dialog, "operator");

    apply(Dialogs.hand(operator, dialog, HandOverAction.HAND_BACK));

    CompletionRequested second =
        stage.request(dialog, r -> !r.messageId().equals(first.messageId()));
    assertThat(second.turns())
        .extracting(CompletionRequested.Turn::content)
        .containsExactly("hello");
  }

  @Test
  void aVisitorsWordsAskForAPerson() {
    String dialog = dialogs.open(ada);
    answering(dialog, "tell me a story");

    JsonNode said = say(visitor, dialog, "v2", "No, I want to talk to a person!");
    OwnerChanged changed = owned(dialog, "waiting");
    JsonNode more = say(visitor, dialog, "v3", "please");

    assertThat(said.path("type").asText()).isEqualTo("message_added");
    assertThat(more.path("type").asText()).isEqualTo("message_added");
    assertThat(changed.message().handoff().reason()).isEqualTo("visitor_asked");
    assertThat(changed.seq()).isEqualTo(stage.event(dialog, ReplyEnded.class).seq() + 1);
    assertThat(stage.events(dialog)).filteredOn(ReplyOpened.class::isInstance).hasSize(1);
  }

  @Test
  void claimsAndCompletionsRaceAndAgree() {
    for (int i = 0; i < 10; i++) {
      String dialog = dialogs.open(ada);
      CompletionRequested request = answering(dialog, "tell me a story");
      Thread claiming =
          Thread.startVirtualThread(
              () -> api.commands(Dialogs.hand(operator, dialog, HandOverAction.CLAIM)));
      stage.begin(request, "x");
      stage.complete(request, stage.runner, 9, "stop");
      join(claiming);
      OwnerChanged changed = owned(dialog, "operator");
      ReplyEnded ended = stage.event(dialog, ReplyEnded.class);
      List<ChatEvent> numbered =
          stage.events(dialog).stream().filter(ChatEvent.Numbered.class::isInstance).toList();

      assertThat(changed.seq()).isEqualTo(ended.seq() + 1);
      assertThat(numbered).extracting(e -> ((ChatEvent.Numbered) e).seq()).doesNotHaveDuplicates();
      assertThat(api.changes(dialog, "after_seq=0").messages())
          .contains(ended.message(), changed.message());
    }
  }
}
