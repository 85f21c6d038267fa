package dev.confab.contracts.chat;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What somebody wants to happen with the answering of a support conversation. */
public enum HandOverAction {
  /** A person shall answer; the visitor or an operator asks. */
  @JsonProperty("request")
  REQUEST,
  /** An operator takes it. */
  @JsonProperty("claim")
  CLAIM,
  /** Its operator puts it back into the queue. */
  @JsonProperty("release")
  RELEASE,
  /** Its operator lets the assistant answer again. */
  @JsonProperty("hand_back")
  HAND_BACK,
  /** Its operator gives it to another one. */
  @JsonProperty("transfer")
  TRANSFER,
  /** It is over. */
  @JsonProperty("close")
  CLOSE
}
