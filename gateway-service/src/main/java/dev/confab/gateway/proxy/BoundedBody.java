package dev.confab.gateway.proxy;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** A request's body that fails once it is longer than allowed. */
final class BoundedBody implements ReadStream<Buffer> {
  /** The body has more bytes than allowed. Expected, so it has no stack trace. */
  static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("body too long", null, false, false);
    }
  }

  private final ReadStream<Buffer> source;
  private final long maxBytes;
  private Handler<Throwable> exceptionHandler;
  private long bytes;
  private boolean tooLong;

  BoundedBody(ReadStream<Buffer> source, long maxBytes) {
    this.source = source;
    this.maxBytes = maxBytes;
  }

  boolean isTooLong() {
    return tooLong;
  }

  @Override
  public BoundedBody exceptionHandler(Handler<Throwable> handler) {
    exceptionHandler = handler;
    source.exceptionHandler(handler);
    return this;
  }

  @Override
  public BoundedBody handler(Handler<Buffer> handler) {
    source.handler(handler == null ? null : chunk -> take(chunk, handler));
    return this;
  }

  private void take(Buffer chunk, Handler<Buffer> handler) {
    if (tooLong) {
      return;
    }
    bytes += chunk.length();
    if (bytes <= maxBytes) {
      handler.handle(chunk);
      return;
    }
    tooLong = true;
    if (exceptionHandler != null) {
      exceptionHandler.handle(new TooLong());
    }
  }

  @Override
  public BoundedBody pause() {
    source.pause();
    return this;
  }

  @Override
  public BoundedBody resume() {
    source.resume();
    return this;
  }

  @Override
  public BoundedBody fetch(long amount) {
    source.fetch(amount);
    return this;
  }

  @Override
  public BoundedBody endHandler(Handler<Void> handler) {
    source.endHandler(
        handler == null
            ? null
            : end -> {
              if (!tooLong) {
                handler.handle(end);
              }
            });
    return this;
  }
}
