package dev.confab.gateway.proxy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.confab.gateway.Neighbours;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class PublicOriginIT {
  private static String raw(String request) throws IOException {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String get(String path) throws IOException {
    return raw("GET " + path + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/auth/me",
        "/api/v1/users?q=ann",
        "/api/v1/admin/users",
        "/api/v1/conversations",
        "/api/v1/conversations/7/messages?after_seq=0&limit=5",
        "/api/v1/search?q=caf%C3%A9",
        "/api/v1/stats",
        "/api/v1/assistants/7/copy",
        "/api/v1/models",
        "/api/v1/models/sync",
        "/api/v1/status"
      })
  void publicPathsGoOnUnchanged(String path) {
    given()
        .urlEncodingEnabled(false)
        .get(path)
        .then()
        .statusCode(200)
        .body("method", equalTo("GET"))
        .body("uri", equalTo(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/internal/token",
        "/internal",
        "/INTERNAL/token",
        "/Internal/heads",
        "//internal/token",
        "/./internal/token",
        "/x/../internal/token",
        "/%69nternal/token",
        "/%2569nternal/token",
        "/internal%2ftoken",
        "/api/v1/auth/../../../internal/token",
        "/api/v1/auth/..%2f..%2f..%2finternal/token",
        "/api/v1/auth/%2e%2e/%2e%2e/%2e%2e/internal/token",
        "/api/v1/auth/..;/..;/internal/token",
        "/api/v1/conversations//internal",
        "/api/v1/auth/%5c..%5cinternal",
        "/api/v1/auth/%00"
      })
  void internalPathsDoNot(String path) throws IOException {
    String answer = get(path);

    assertThat(answer).startsWith("HTTP/1.1 404").contains("NOT_FOUND").doesNotContain("\"uri\"");
  }

  @Test
  void backslashesAreNoPath() throws IOException {
    assertThat(get("/api/v1/auth\\..\\internal")).startsWith("HTTP/1.1 4");
  }

  @Test
  void bodiesAndForwardedHeadersGoOn() {
    given()
        .header("X-Forwarded-For", "6.6.6.6")
        .header("Connection", "keep-alive, X-Secret-Hop")
        .header("X-Secret-Hop", "1")
        .header("Authorization", "Bearer whatever")
        .contentType("application/json")
        .body("{\"title\":\"x\"}")
        .post("/api/v1/conversations")
        .then()
        .statusCode(200)
        .body("method", equalTo("POST"))
        .body("body_length", equalTo(13))
        .body("Authorization", equalTo("Bearer whatever"))
        .body("'X-forwarded-for'", equalTo("127.0.0.1"))
        .body("'X-forwarded-proto'", equalTo("http"))
        .body("'X-forwarded-host'", notNullValue())
        .body("'X-secret-hop'", equalTo(null));
  }

  @Test
  void aDeclaredBodyTooLongIsRefused() {
    given()
        .body(new byte[1_048_577])
        .post("/api/v1/conversations")
        .then()
        .statusCode(413)
        .contentType("application/problem+json")
        .body("code", equalTo("INVALID_VALUE"));
  }

  @Test
  void aChunkedBodyTooLongIsRefused() throws IOException {
    StringBuilder request =
        new StringBuilder(
            "POST /api/v1/conversations HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n");
    String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
    for (int i = 0; i < 20; i++) {
      request.append(chunk);
    }
    assertThat(raw(request.append("0\r\n\r\n").toString())).startsWith("HTTP/1.1 413");
  }

  @Test
  void unknownPathsAreAProblem() {
    given()
        .get("/nothing/here")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("code", equalTo("NOT_FOUND"))
        .header("Content-Security-Policy", containsString("default-src 'none'"))
        .header("X-Content-Type-Options", equalTo("nosniff"));
  }

  @Test
  void socketIoIsToldTheNativeUrl() {
    given()
        .get("/socket.io/?EIO=4&transport=polling")
        .then()
        .statusCode(400)
        .body("detail", containsString("/api/v1/chat/ws"));
  }

  @Test
  void thePageIsThere() {
    given()
        .get("/")
        .then()
        .statusCode(200)
        .contentType(containsString("text/html"))
        .body(containsString("Confab"))
        .body(not(containsString("<script>")));
  }

  @Test
  void probesAnswer() {
    given().get("/q/health/live").then().statusCode(200);
    given().get("/q/health/started").then().statusCode(200);
    given().get("/q/health/ready").then().statusCode(200);
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("confab_gateway_connections"));
  }
}
