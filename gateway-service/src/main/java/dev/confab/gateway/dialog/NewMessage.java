package dev.confab.gateway.dialog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.dialect.DialogSide;
import dev.confab.gateway.rest.Outcome;
import dev.confab.gateway.rest.Refused;
import java.util.UUID;

/**
 * A message as it is sent over HTTP. How long it may be is for chat-service to say.
 *
 * @param clientId the sender's own id of it; one of ours if they gave none
 */
record NewMessage(String text, String clientId) {
  /** The header that may carry the sender's own id. */
  static final String KEY = "Idempotency-Key";

  private static final int MAX_ID_CHARS = 128;

  /**
   * Reads a request's body.
   *
   * @param key value of the header {@link #KEY}, or null
   * @throws Refused if it is none
   */
  static NewMessage of(JsonNode body, DialogSide side, String key) {
    JsonNode sender = body.path("sender");
    if (!sender.isMissingNode() && !side.sender().equals(sender.textValue())) {
      throw invalid("sender must be \"" + side.sender() + '"');
    }
    if (!body.path("text").isTextual()) {
      throw invalid("text is required: a string");
    }
    JsonNode own = body.has("client_id") ? body.get("client_id") : body.path("id");
    String clientId = own.isTextual() ? own.textValue() : key;
    if (clientId != null && (clientId.isEmpty() || clientId.length() > MAX_ID_CHARS)) {
      throw invalid("client_id must have 1 to " + MAX_ID_CHARS + " characters");
    }
    return new NewMessage(
        body.get("text").textValue(), clientId == null ? UUID.randomUUID().toString() : clientId);
  }

  private static Refused invalid(String detail) {
    return new Refused(Outcome.problem(ErrorCode.INVALID_VALUE, detail));
  }
}
