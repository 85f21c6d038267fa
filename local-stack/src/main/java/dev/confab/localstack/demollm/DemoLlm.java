package dev.confab.localstack.demollm;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The demo LLM's server, on the loopback address. */
public final class DemoLlm implements AutoCloseable {
  private static final int EVENT_LOOPS = 2;

  /** Vert.x's way of asking for one free port for several servers. */
  private static final int ANY_SHARED_PORT = -1;

  private static final long START_SECONDS = 20;

  private final Vertx vertx;
  private final int port;

  private DemoLlm(Vertx vertx, int port) {
    this.vertx = vertx;
    this.port = port;
  }

  /**
   * Starts the server.
   *
   * @param port 0 for any free one
   * @param tokensPerSecond usual pace of an answer, 0 for as fast as possible
   */
  public static DemoLlm start(int port, double tokensPerSecond) throws Exception {
    Vertx vertx = Vertx.vertx(options());
    Routes routes = new Routes(vertx, new Ledger(), new TroubleSwitch(), tokensPerSecond);
    try {
      int bound = port;
      for (HttpServer server : servers(vertx)) {
        server.requestHandler(routes::handle);
        bound = listen(server, port == 0 ? ANY_SHARED_PORT : port);
      }
      return new DemoLlm(vertx, bound);
    } catch (Exception e) {
      vertx.close();
      throw e;
    }
  }

  public int port() {
    return port;
  }

  /** For an OpenAI client, with its path. */
  public String baseUrl() {
    return "http://127.0.0.1:" + port + "/v1";
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Servers on one port share its connections between the event loops. */
  private static List<HttpServer> servers(Vertx vertx) {
    List<HttpServer> servers = new ArrayList<>();
    for (int i = 0; i < EVENT_LOOPS; i++) {
      // Real providers do not upgrade plain HTTP either; a hang-up is then the end of a connection.
      HttpServerOptions options =
          new HttpServerOptions().setHttp2ClearTextEnabled(false).setTcpNoDelay(true);
      servers.add(vertx.createHttpServer(options));
    }
    return servers;
  }

  private static int listen(HttpServer server, int port) throws Exception {
    return server
        .listen(port, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(START_SECONDS, TimeUnit.SECONDS)
        .actualPort();
  }

  private static VertxOptions options() {
    FileSystemOptions noCache =
        new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
    return new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS).setFileSystemOptions(noCache);
  }
}
