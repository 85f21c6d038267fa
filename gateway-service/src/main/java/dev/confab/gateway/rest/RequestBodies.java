package dev.confab.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.json.Json;
import dev.confab.gateway.proxy.ProxyConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;

/** Reads requests' bodies whole, as long as they are allowed to be. */
@ApplicationScoped
public class RequestBodies {
  /** A body has more bytes than allowed. Expected, so it has no stack trace. */
  public static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("body too long", null, false, false);
    }
  }

  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;

  private final long maxBytes;

  RequestBodies(ProxyConfig config) {
    this.maxBytes = config.maxBodyBytes();
  }

  /** A request's whole body; fails with {@link TooLong}, or if the request ends early. */
  public Future<Buffer> read(HttpServerRequest request) {
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() > maxBytes) {
            whole.tryFail(new TooLong());
          } else {
            body.appendBuffer(chunk);
          }
        });
    request.exceptionHandler(whole::tryFail);
    request.endHandler(end -> whole.tryComplete(body));
    return whole.future();
  }

  /** A request's body, which is a JSON object or nothing; fails with {@link Refused}. */
  public Future<JsonNode> object(HttpServerRequest request) {
    return read(request)
        .recover(
            failure ->
                failure instanceof TooLong
                    ? refused(TOO_LARGE, "the body is too long")
                    : Future.failedFuture(failure))
        .compose(RequestBodies::parsed);
  }

  private static Future<JsonNode> parsed(Buffer body) {
    try {
      JsonNode sent = body.length() == 0 ? JsonNodeFactory.instance.objectNode() : Json.tree(body);
      return sent.isObject()
          ? Future.succeededFuture(sent)
          : refused(BAD_REQUEST, "the body is an object");
    } catch (UncheckedIOException e) {
      return refused(BAD_REQUEST, "the body is not JSON");
    }
  }

  private static <T> Future<T> refused(int status, String detail) {
    return Future.failedFuture(
        new Refused(Outcome.problem(status, ErrorCode.INVALID_VALUE, detail)));
  }
}
