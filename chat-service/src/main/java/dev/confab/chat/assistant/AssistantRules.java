package dev.confab.chat.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.conversation.SettingsRules;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What an assistant may be, and how a patch changes it. */
@ApplicationScoped
class AssistantRules {
  private static final int MAX_NAME_CHARS = 80;
  private static final int MAX_DESCRIPTION_CHARS = 2_000;
  private static final int MAX_QUESTIONS = 10;
  private static final int MAX_QUESTION_CHARS = 300;

  /** An address that a page may load pictures from, or a few characters such as an emoji. */
  private static final Pattern AVATAR =
      Pattern.compile("https://[^\\s\"'<>]{1,492}|[^\\p{Cntrl}:/<>]{1,16}");

  private final SettingsRules settings;

  AssistantRules(SettingsRules settings) {
    this.settings = settings;
  }

  /** For whoever may wait: a model that was added a moment ago is known afterwards. */
  void prepare(JsonNode patch) {
    settings.prepare(patch);
  }

  /** The assistant after a merge patch (RFC 7396): absent stays, null takes away. */
  Assistant patched(Assistant before, JsonNode patch) {
    return new Assistant(
        before.id(),
        before.ownerId(),
        before.ownerName(),
        patch.has("name") ? name(patch) : before.name(),
        patch.has("avatar") ? avatar(patch) : before.avatar(),
        patch.has("description")
            ? text(patch, "description", MAX_DESCRIPTION_CHARS)
            : before.description(),
        settings.patched(before.settings(), patch, ""),
        patch.has("starter_questions") ? questions(patch) : before.starterQuestions(),
        patch.has("is_public") ? flag(patch) : before.isPublic(),
        before.createdAt(),
        before.updatedAt());
  }

  /** The name, which cannot be taken away. */
  String name(JsonNode patch) {
    String name = text(patch, "name", MAX_NAME_CHARS);
    if (name == null) {
      throw ProblemException.invalid("name", "From 1 to " + MAX_NAME_CHARS + " characters.");
    }
    return name;
  }

  private static String avatar(JsonNode patch) {
    String avatar = text(patch, "avatar", Integer.MAX_VALUE);
    if (avatar != null && !AVATAR.matcher(avatar).matches()) {
      throw ProblemException.invalid(
          "avatar", "An https address of at most 500 characters, or an emoji.");
    }
    return avatar;
  }

  private static List<String> questions(JsonNode patch) {
    JsonNode value = patch.get("starter_questions");
    if (value.isNull()) {
      return List.of();
    }
    if (!value.isArray() || value.size() > MAX_QUESTIONS) {
      throw badQuestions();
    }
    List<String> questions = new ArrayList<>();
    for (JsonNode each : value) {
      String question = each.isTextual() ? each.textValue().strip() : "";
      if (question.isEmpty() || question.length() > MAX_QUESTION_CHARS) {
        throw badQuestions();
      }
      questions.add(MessageText.storable(question));
    }
    return questions;
  }

  private static ProblemException badQuestions() {
    return ProblemException.invalid(
        "starter_questions",
        "At most %d texts of 1 to %d characters.".formatted(MAX_QUESTIONS, MAX_QUESTION_CHARS));
  }

  private static boolean flag(JsonNode patch) {
    JsonNode value = patch.get("is_public");
    if (!value.isBoolean()) {
      throw ProblemException.invalid("is_public", "true or false.");
    }
    return value.booleanValue();
  }

  /** A stripped text, null for none. */
  private static String text(JsonNode patch, String field, int maxChars) {
    JsonNode value = patch.get(field);
    if (value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw ProblemException.invalid(field, "This is text.");
    }
    String text = value.textValue().strip();
    if (text.length() > maxChars) {
      throw ProblemException.invalid(field, "At most " + maxChars + " characters.");
    }
    return text.isEmpty() ? null : MessageText.storable(text);
  }
}
