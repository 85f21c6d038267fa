package dev.confab.chat;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.ai.ReplyRecord.ReplyDelta;
import dev.confab.contracts.chat.Actor;
import dev.confab.contracts.chat.ChatCommand;
import dev.confab.contracts.chat.ChatEvent.OwnerChanged;
import io.agroal.api.AgroalDataSource;
import io.quarkus.redis.datasource.RedisDataSource;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A visitor, two operators, and a dialog between them. */
abstract class SupportJourney {
  @Inject ObjectMapper json;
  @Inject ChatConfig config;
  @Inject RedisDataSource redis;
  @Inject AgroalDataSource data;

  final Person ada = Person.any("Ada");
  final Actor visitor = Dialogs.visitor(ada);
  final Person grace = Person.any("Grace");
  final Person linus = Person.any("Linus");
  final Actor operator = Dialogs.operator(grace);
  final Actor other = Dialogs.operator(linus);
  Api api;
  ReplyStage stage;
  Dialogs dialogs;

  @BeforeEach
  void connect() {
    api = new Api(json);
    stage = new ReplyStage(config.kafka().bootstrapServers(), json, redis);
    dialogs = new Dialogs(data);
  }

  @AfterEach
  void disconnect() {
    stage.close();
  }

  JsonNode apply(ChatCommand command) {
    List<JsonNode> outcomes = api.commands(command);
    return outcomes.isEmpty() ? null : outcomes.get(0);
  }

  JsonNode say(Actor actor, String dialog, String clientId, String content) {
    return apply(Dialogs.say(actor, dialog, clientId, content));
  }

  OwnerChanged owned(String dialog, String owner) {
    return stage.event(
        dialog, OwnerChanged.class, e -> e.message().handoff().owner().equals(owner));
  }

  String owner(String dialog) {
    return api.changes(dialog, "").conversation().owner();
  }

  CompletionRequested answering(String dialog, String question) {
    say(visitor, dialog, "v-" + UUID.randomUUID(), question);
    CompletionRequested request = stage.request(dialog);
    stage.begin(request, "Once upon");
    await()
        .until(
            () ->
                stage.stream.seen().stream()
                    .filter(ReplyDelta.class::isInstance)
                    .anyMatch(d -> d.messageId().equals(request.messageId())));
    return request;
  }
}
