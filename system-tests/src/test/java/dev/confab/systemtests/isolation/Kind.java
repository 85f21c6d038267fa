package dev.confab.systemtests.isolation;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an id is the id of. */
public enum Kind {
  /** A conversation, in a dialect called session. */
  CONVERSATION(true),
  /** A message or reply. */
  MESSAGE(true),
  /** An assistant, in a dialect called preset. */
  ASSISTANT(true),
  /** A sign-in. */
  SIGN_IN(true),
  /** An API token. */
  API_TOKEN(true),
  /** A link into a room, as its hosts know it. */
  INVITATION(true),
  /** A website with a support desk. */
  SITE(true),
  /** A reply that operators keep for reuse. */
  CANNED_REPLY(true),
  /** What such a link holds: whoever has it may come in. */
  INVITATION_TOKEN(false),
  /** A person; people can be found by everybody. */
  USER(false),
  /** No id, but a sign that some paths end with. */
  EMOJI(false),
  /** A key that clients choose, which means something for their user alone. */
  CLIENT_KEY(false),
  /** The history of a conversation, which a client tells to resume. */
  HISTORY(false),
  /** A place in a list. */
  CURSOR(false);

  private static final Map<String, Kind> BY_NAME =
      Map.ofEntries(
          Map.entry("conversation_id", CONVERSATION),
          Map.entry("message_id", MESSAGE),
          Map.entry("reply_to", MESSAGE),
          Map.entry("assistant_id", ASSISTANT),
          Map.entry("user_id", USER),
          Map.entry("user_ids", USER),
          Map.entry("participants", USER),
          Map.entry("site_id", SITE),
          Map.entry("invitation_id", INVITATION),
          Map.entry("emoji", EMOJI),
          Map.entry("client_id", CLIENT_KEY),
          Map.entry("Idempotency-Key", CLIENT_KEY),
          Map.entry("history", HISTORY),
          Map.entry("cursor", CURSOR));
  private static final Map<String, Kind> BY_PATH =
      Map.of(
          "/conversations/", CONVERSATION,
          "/ai-chat/api/sessions/", CONVERSATION,
          "/assistants/", ASSISTANT,
          "/presets/", ASSISTANT,
          "/auth/sessions/", SIGN_IN,
          "/auth/tokens/", API_TOKEN,
          "/support/dialogs/", CONVERSATION,
          "/support/sites/", SITE,
          "/support/canned/", CANNED_REPLY,
          "/invitations/", INVITATION_TOKEN);
  private static final Pattern LIKE_AN_ID = Pattern.compile("(?i)(.*_)?ids?|.*Id");

  private final boolean isOwned;

  Kind(boolean isOwned) {
    this.isOwned = isOwned;
  }

  /** Whether there is nothing where another's id of this kind stands. */
  public boolean isOwned() {
    return isOwned;
  }

  /**
   * The kind of a member or parameter by its name; empty if it is no id.
   *
   * @throws IllegalArgumentException if it looks like an id of an unknown kind
   */
  static Optional<Kind> of(String name) {
    Kind known = BY_NAME.get(name);
    if (known == null && LIKE_AN_ID.matcher(name).matches()) {
      throw new IllegalArgumentException("of what kind is the id " + name + "?");
    }
    return Optional.ofNullable(known);
  }

  /**
   * The kind of a parameter of a path, whose place tells what is meant by {@code id}.
   *
   * @throws IllegalArgumentException if that is not known
   */
  static Kind ofPath(String name, String path) {
    Kind known = BY_NAME.get(name);
    if (known != null) {
      return known;
    }
    Matcher place = Pattern.compile("(.*/)\\{" + Pattern.quote(name) + "}.*").matcher(path);
    return BY_PATH.entrySet().stream()
        .filter(entry -> place.matches() && place.group(1).endsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("of what kind is {" + name + "} in " + path + "?"));
  }
}
