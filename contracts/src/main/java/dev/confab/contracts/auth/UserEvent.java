package dev.confab.contracts.auth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** What a user chose for all their conversations, keyed by user id on a compacted topic. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes(
    @JsonSubTypes.Type(value = UserEvent.DefaultModelChosen.class, name = "default_model_chosen"))
public sealed interface UserEvent {
  String userId();

  /**
   * The model that answers this user where nothing narrower says otherwise.
   *
   * @param defaultModel a model's name, null for the installation's own
   * @param changedAt of two choices the later one counts, in whichever order they arrive
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DefaultModelChosen(String userId, String defaultModel, Instant changedAt)
      implements UserEvent {}
}
