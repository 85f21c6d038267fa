package dev.confab.loadtests.client;

import java.net.http.HttpRequest;

/** The suite answered a request with something else than success. */
public final class RefusedException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  private final int status;

  RefusedException(HttpRequest request, int status) {
    super(request.method() + ' ' + request.uri().getPath() + ": " + status);
    this.status = status;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}
