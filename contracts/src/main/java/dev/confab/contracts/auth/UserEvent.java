package dev.confab.contracts.auth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** What a user chose for all their conversations, by {@link #key()} on a compacted topic. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = UserEvent.DefaultModelChosen.class, name = "default_model_chosen"),
  @JsonSubTypes.Type(value = UserEvent.PresenceChosen.class, name = "presence_chosen")
})
public sealed interface UserEvent {
  String userId();

  /** Of the events of one key the topic keeps the last. */
  default String key() {
    return userId();
  }

  /**
   * The model that answers this user where nothing narrower says otherwise.
   *
   * @param defaultModel a model's name, null for the installation's own
   * @param changedAt of two choices the later one counts, in whichever order they arrive
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DefaultModelChosen(String userId, String defaultModel, Instant changedAt)
      implements UserEvent {}

  /**
   * Whether a user wants to count as offline, wherever they are connected.
   *
   * @param changedAt of two choices the later one counts, in whichever order they arrive
   */
  record PresenceChosen(String userId, boolean offline, Instant changedAt) implements UserEvent {
    @Override
    public String key() {
      return userId + ":presence";
    }
  }
}
