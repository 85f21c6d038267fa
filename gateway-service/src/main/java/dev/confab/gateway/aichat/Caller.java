package dev.confab.gateway.aichat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.gateway.security.Identity;

/**
 * A request as it came in.
 *
 * @param identity whom its token speaks for
 * @param token that token, to go on with
 * @param key the {@code Idempotency-Key}, or null
 * @param limit the query parameter, or null
 * @param body an object; empty where none was sent
 */
record Caller(Identity identity, String token, String key, Integer limit, JsonNode body) {
  @Override
  public String toString() {
    return "Caller[user=" + identity.userId() + ']';
  }
}
