package dev.confab.ai.provider;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * One request of langchain4j's client, without a thread of its own: the listener is called on the
 * lane's event loop. {@link #hangUp()} closes the connection at any moment, also before there is
 * one. Time-outs are the caller's.
 */
final class HttpExchange implements HttpClient {
  private static final String DONE = "[DONE]";
  private static final long LINGER_MS = 5_000;

  private final Transport.Lane lane;
  private final UnaryOperator<String> bodyEdit;
  private final Duration wholeTimeout;
  private volatile boolean hungUp;
  private volatile boolean done;
  private volatile LlmFailure failure;
  // Confined to the lane from here on.
  private HttpClientRequest request;
  private boolean finished;

  /**
   * @param bodyEdit last change of the request's JSON
   * @param wholeTimeout bound on a request that is no stream
   */
  HttpExchange(Transport.Lane lane, UnaryOperator<String> bodyEdit, Duration wholeTimeout) {
    this.lane = lane;
    this.bodyEdit = bodyEdit;
    this.wholeTimeout = wholeTimeout;
  }

  /** Ends the exchange; the listener hears nothing more. */
  void hangUp() {
    hungUp = true;
    lane.context().runOnContext(ignored -> reset());
  }

  private void reset() {
    if (request != null && !finished) {
      finished = true;
      request.reset();
    }
  }

  /** Whether the provider said that the stream is complete. */
  boolean isDone() {
    return done;
  }

  /** Why the transport failed, or null. */
  LlmFailure failure() {
    return failure;
  }

  @Override
  public void execute(
      HttpRequest asked, ServerSentEventParser parser, ServerSentEventListener listener) {
    lane.context().runOnContext(ignored -> open(asked, new Events(listener)));
  }

  /** Blocks, at most for the given time; for small requests on virtual threads. */
  @Override
  public SuccessfulHttpResponse execute(HttpRequest asked) {
    CompletableFuture<String> body = new CompletableFuture<>();
    lane.context().runOnContext(ignored -> open(asked, new Whole(body)));
    try {
      String whole = body.get(wholeTimeout.toMillis(), TimeUnit.MILLISECONDS);
      return SuccessfulHttpResponse.builder().statusCode(200).body(whole).build();
    } catch (ExecutionException e) {
      throw new IllegalStateException("no answer", e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("no answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      hangUp();
    }
  }

  /** What becomes of a response; all on the lane. */
  private interface Sink {
    void opened();

    void bytes(Buffer buffer);

    void end();

    void error(Throwable cause);
  }

  private void open(HttpRequest asked, Sink sink) {
    if (hungUp) {
      return;
    }
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(asked.method().name()))
            .setAbsoluteURI(asked.url());
    asked.headers().forEach((name, values) -> values.forEach(v -> options.addHeader(name, v)));
    lane.client()
        .request(options)
        .onSuccess(opened -> send(opened, asked.body(), sink))
        .onFailure(cause -> fail(new LlmFailure.Unreachable(), cause, sink));
  }

  private void send(HttpClientRequest opened, String body, Sink sink) {
    request = opened;
    if (hungUp) {
      reset();
      return;
    }
    opened
        .response()
        .onSuccess(response -> receive(response, sink))
        .onFailure(cause -> fail(new LlmFailure.Unreachable(), cause, sink));
    if (body == null) {
      opened.end();
    } else {
      opened.end(Buffer.buffer(bodyEdit.apply(body)));
    }
  }

  private void receive(HttpClientResponse response, Sink sink) {
    int status = response.statusCode();
    response.exceptionHandler(cause -> fail(new LlmFailure.Cut(), cause, sink));
    if (status < 200 || status > 299) {
      // The body may quote the prompt; nothing here may keep it.
      HttpException cause = new HttpException(status, "status " + status);
      fail(new LlmFailure.Status(status), cause, sink);
      reset();
      return;
    }
    response.handler(buffer -> guarded(() -> sink.bytes(buffer), sink));
    response.endHandler(
        ignored -> {
          finished = true;
          if (!hungUp) {
            sink.end();
          }
        });
    sink.opened();
  }

  private void guarded(Runnable step, Sink sink) {
    if (hungUp) {
      return;
    }
    try {
      step.run();
    } catch (RuntimeException e) {
      fail(new LlmFailure.Malformed(), e, sink);
      reset();
    }
  }

  private void fail(LlmFailure reason, Throwable cause, Sink sink) {
    if (!hungUp && failure == null && !done) {
      failure = reason;
      sink.error(cause);
    }
  }

  /** A stream of events. */
  private final class Events implements Sink {
    private final ServerSentEventListener listener;
    private final EventStream stream = new EventStream(this::event);

    Events(ServerSentEventListener listener) {
      this.listener = listener;
    }

    @Override
    public void opened() {
      listener.onOpen(SuccessfulHttpResponse.builder().statusCode(200).headers(Map.of()).build());
    }

    @Override
    public void bytes(Buffer buffer) {
      stream.accept(buffer.getBytes());
    }

    private void event(String name, String data) {
      if (hungUp || done || failure != null) {
        return;
      }
      if (data.equals(DONE)) {
        done = true;
        listener.onClose();
        // Some servers keep a finished response open; the connection is not worth waiting for.
        lane.context().owner().setTimer(LINGER_MS, ignored -> hangUp());
      } else if ("error".equals(name) || data.startsWith("{\"error\"")) {
        fail(new LlmFailure.ErrorEvent(), new IllegalStateException("error event"), this);
        reset();
      } else {
        PassingEvent event = new PassingEvent(name, data);
        listener.onEvent(event);
        event.forget();
      }
    }

    @Override
    public void end() {
      stream.finish();
      if (!done && failure == null) {
        listener.onClose();
      }
    }

    @Override
    public void error(Throwable cause) {
      listener.onError(cause);
    }
  }

  /** A body as a whole. */
  private static final class Whole implements Sink {
    private final CompletableFuture<String> result;
    private final Buffer body = Buffer.buffer();

    Whole(CompletableFuture<String> result) {
      this.result = result;
    }

    @Override
    public void opened() {}

    @Override
    public void bytes(Buffer buffer) {
      if (body.length() + buffer.length() > EventStream.MAX_LINE) {
        throw new IllegalStateException("body too long");
      }
      body.appendBuffer(buffer);
    }

    @Override
    public void end() {
      result.complete(body.toString());
    }

    @Override
    public void error(Throwable cause) {
      result.completeExceptionally(cause);
    }
  }
}
