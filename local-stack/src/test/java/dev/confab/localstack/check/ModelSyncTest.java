package dev.confab.localstack.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.confab.localstack.suite.Account;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelSyncTest {
  private static final Account ADMIN =
      new Account("admin", "admin@confab.example", "secret", List.of("admin"));

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
    String answer =
        path.endsWith("/login")
            ? "{\"access_token\":\"t\"}"
            : """
              {"added":["b"],"retired":["c"],"active":2,"items":[],"providers":[
               {"name":"one","state":"up","listed":true,"added":["b"],"retired":["c"],"active":2},
               {"name":"two","state":"down","listed":false,"active":0}]}""";
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(path.endsWith("/sync") ? status : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private ModelSync sync() {
    return new ModelSync("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Test
  void signsInSynchronisesAndSignsOut() throws Exception {
    var result = sync().run(ADMIN);

    assertThat(asked)
        .containsExactly(
            "/api/v1/auth/login null",
            "/api/v1/models/sync Bearer t",
            "/api/v1/auth/logout Bearer t");
    assertThat(result.added()).containsExactly("b");
    assertThat(result.active()).isEqualTo(2);
    assertThat(result.providers().get(0).retired()).containsExactly("c");
    assertThat(result.providers().get(1).listed()).isFalse();
    assertThat(result.providers().get(1).added()).isEmpty();
  }

  @Test
  void aRefusalNamesThePath() {
    status = 503;

    assertThatThrownBy(() -> sync().run(ADMIN))
        .hasMessageContaining("/api/v1/models/sync")
        .hasMessageContaining("503");
    assertThat(asked).last().isEqualTo("/api/v1/auth/logout Bearer t");
  }
}
