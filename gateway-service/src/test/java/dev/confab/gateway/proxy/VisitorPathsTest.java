package dev.confab.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisitorPathsTest {
  @ParameterizedTest
  @CsvSource({
    "GET,  /api/v1/conversations/c",
    "GET,  /api/v1/conversations/c/messages",
    "POST, /api/v1/conversations/c/messages",
    "POST, /api/v1/support/dialogs/c/handoff",
    "POST, /api/v1/support/dialogs/c/close",
    "POST, /api/v1/support/dialogs/c/rating"
  })
  void theseLeadToOneConversation(String method, String path) {
    assertThat(VisitorPaths.conversation(method, path)).contains("c");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /api/v1/conversations",
    "POST,   /api/v1/conversations",
    "PATCH,  /api/v1/conversations/c",
    "DELETE, /api/v1/conversations/c",
    "GET,    /api/v1/conversations/c/",
    "GET,    /api/v1/conversations/c/export",
    "GET,    /api/v1/conversations/c/participants",
    "PUT,    /api/v1/conversations/c/messages/m/feedback",
    "GET,    /api/v1/support/dialogs/c",
    "GET,    /api/v1/support/dialogs/c/backstage",
    "POST,   /api/v1/support/dialogs/c/claim",
    "POST,   /api/v1/support/dialogs/next",
    "GET,    /api/v1/search",
    "GET,    /api/v1/auth/me"
  })
  void theRestDoesNot(String method, String path) {
    assertThat(VisitorPaths.conversation(method, path)).isEmpty();
  }
}
