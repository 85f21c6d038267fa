package dev.confab.gateway.aichat;

import dev.confab.gateway.proxy.ProxyConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads requests' bodies whole, as long as they are allowed to be. */
@ApplicationScoped
class RequestBodies {
  /** A body has more bytes than allowed. Expected, so it has no stack trace. */
  static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("body too long", null, false, false);
    }
  }

  private final long maxBytes;

  RequestBodies(ProxyConfig config) {
    this.maxBytes = config.maxBodyBytes();
  }

  Future<Buffer> read(HttpServerRequest request) {
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
}
