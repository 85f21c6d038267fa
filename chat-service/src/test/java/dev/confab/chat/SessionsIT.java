package dev.confab.chat;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestTokens.class)
class SessionsIT {
  @Inject ObjectMapper json;

  private final Person ada = Person.any("Ada");
  private final Person eve = Person.any("Eve");
  private Api api;

  @BeforeEach
  void connect() {
    api = new Api(json);
  }

  private static Response internal(String path, Object body) {
    return given()
        .auth()
        .oauth2(TestTokens.service())
        .contentType("application/json")
        .body(body)
        .post("/internal/sessions" + path);
  }

  private static Response open(Person person, String label) {
    return internal("", Map.of("user_id", person.id(), "user_name", person.name(), "label", label));
  }

  @Test
  void aLabelMakesAConversationOnceAndIsTheUsersOwn() {
    Response made = open(ada, "s-1");
    made.then().statusCode(200).body("created", is(true));
    String conversation = made.path("conversation_id");

    open(ada, "s-1").then().body("created", is(false)).body("conversation_id", is(conversation));
    assertThat(open(eve, "s-1").<String>path("conversation_id")).isNotEqualTo(conversation);
    api.as(ada, "GET", "/api/v1/conversations/" + conversation, null)
        .then()
        .statusCode(200)
        .body("kind", is("assistant"))
        .body("participants[0].role", is("host"));
    api.as(eve, "GET", "/api/v1/conversations/" + conversation, null).then().statusCode(404);
  }

  @Test
  void whoeverAsksAtTheSameMomentGetsTheSame() throws Exception {
    Set<String> conversations = new HashSet<>();
    int made = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Response>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(threads.submit(() -> open(ada, "race")));
      }
      for (Future<Response> answer : answers) {
        conversations.add(answer.get().path("conversation_id"));
        made += answer.get().<Boolean>path("created") ? 1 : 0;
      }
    }
    assertThat(conversations).hasSize(1);
    assertThat(made).isEqualTo(1);
    api.as(ada, "GET", "/api/v1/conversations", null)
        .then()
        .body("items.id", contains(conversations.iterator().next()));
  }

  @Test
  void labelsHaveAForm() {
    for (String label : List.of("", "a b", "ä", "x".repeat(129))) {
      open(ada, label).then().statusCode(400).body("field", is("label"));
    }
    given()
        .auth()
        .oauth2(ada.token())
        .contentType("application/json")
        .body(Map.of("user_id", eve.id(), "label", "s"))
        .post("/internal/sessions")
        .then()
        .statusCode(403);
  }

  @Test
  void listsTellOnlyOfOnesOwn() {
    String mine = open(ada, "s-1").path("conversation_id");
    String others = open(eve, "s-1").path("conversation_id");
    api.commands(Api.say(ada, mine, "m1", "one"));
    Map<String, Object> asked =
        Map.of("user_id", ada.id(), "conversation_ids", List.of(mine, others, "nothing"));

    internal("/counts", asked)
        .then()
        .statusCode(200)
        .body("counts.'" + mine + "'", greaterThanOrEqualTo(1))
        .body("counts.'" + others + "'", nullValue());
    internal("/lookup", asked)
        .then()
        .statusCode(200)
        .body("sessions.conversation.id", contains(mine))
        .body("sessions[0].message_count", greaterThanOrEqualTo(1));
  }
}
