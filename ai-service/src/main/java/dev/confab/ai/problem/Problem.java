package dev.confab.ai.problem;

import dev.confab.contracts.ErrorCode;

/** A problem document (RFC 9457) with the protocol's error code. */
public record Problem(String type, String title, int status, String detail, ErrorCode code) {
  static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(int status, String title, String detail, ErrorCode code) {
    return new Problem("about:blank", title, status, detail, code);
  }
}
