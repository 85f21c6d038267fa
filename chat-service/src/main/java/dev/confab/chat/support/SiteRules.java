package dev.confab.chat.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.assistant.Assistants;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.problem.ProblemException;
import dev.confab.chat.reply.Reply;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What a site may be, and how a patch changes it. */
@ApplicationScoped
class SiteRules {
  private static final int MAX_NAME_CHARS = 80;
  private static final int MAX_GREETING_CHARS = 2_000;
  private static final int MAX_ORIGINS = 50;
  private static final int MAX_OPERATORS = 1_000;

  private final Assistants assistants;

  SiteRules(Assistants assistants) {
    this.assistants = assistants;
  }

  /**
   * The site after a merge patch (RFC 7396): absent stays, null takes away.
   *
   * @param userId who patches: an assistant that they do not see is none
   */
  Site patched(Site before, JsonNode patch, String userId) {
    return new Site(
        before.id(),
        patch.has("name") ? name(patch) : before.name(),
        patch.has("assistant_id") ? assistant(patch, before, userId) : before.assistantId(),
        patch.has("origins") ? origins(patch.get("origins")) : before.origins(),
        patch.has("greeting") ? text(patch, "greeting", MAX_GREETING_CHARS) : before.greeting(),
        patch.has("office_hours") ? hours(patch.get("office_hours")) : before.officeHours(),
        patch.has("token_required") ? flag(patch, "token_required") : before.tokenRequired(),
        patch.has("auto_assign") ? flag(patch, "auto_assign") : before.autoAssign(),
        before.createdAt(),
        before.updatedAt());
  }

  private static String name(JsonNode patch) {
    String name = text(patch, "name", MAX_NAME_CHARS);
    if (name == null) {
      throw ProblemException.invalid("name", "From 1 to " + MAX_NAME_CHARS + " characters.");
    }
    return name;
  }

  private String assistant(JsonNode patch, Site before, String userId) {
    String named = text(patch, "assistant_id", MAX_NAME_CHARS);
    if (named == null || Reply.DEFAULT_ASSISTANT.equals(named)) {
      return null;
    }
    if (named.equals(before.assistantId())) {
      return named;
    }
    return Ids.parse(named)
        .flatMap(id -> assistants.visible(id, userId))
        .map(found -> found.id().toString())
        .orElseThrow(() -> ProblemException.notFound("assistant"));
  }

  private static Origins origins(JsonNode value) {
    if (value.isNull()) {
      return new Origins(List.of());
    }
    if (!value.isArray() || value.size() > MAX_ORIGINS) {
      throw badOrigins();
    }
    List<String> allowed = new ArrayList<>();
    for (JsonNode each : value) {
      allowed.add(
          Origins.canonical(each.isTextual() ? each.textValue() : null)
              .orElseThrow(SiteRules::badOrigins));
    }
    return new Origins(allowed.stream().distinct().toList());
  }

  private static ProblemException badOrigins() {
    return ProblemException.invalid(
        "origins",
        "At most %d of https://example.org, https://*.example.org, http://localhost:* or *."
            .formatted(MAX_ORIGINS));
  }

  private static OfficeHours hours(JsonNode value) {
    return value.isNull() ? null : OfficeHoursJson.of(value);
  }

  private static boolean flag(JsonNode patch, String field) {
    if (!patch.get(field).isBoolean()) {
      throw ProblemException.invalid(field, "true or false.");
    }
    return patch.get(field).booleanValue();
  }

  private static String text(JsonNode patch, String field, int maxChars) {
    JsonNode value = patch.get(field);
    if (!value.isNull() && !value.isTextual()) {
      throw ProblemException.invalid(field, "This is text.");
    }
    String text = value.isNull() ? "" : value.textValue().strip();
    if (text.length() > maxChars) {
      throw ProblemException.invalid(field, "At most " + maxChars + " characters.");
    }
    return text.isEmpty() ? null : MessageText.storable(text);
  }

  /** The users who shall work a site. */
  static List<String> operators(List<String> named) {
    if (named == null || named.size() > MAX_OPERATORS) {
      throw badOperators();
    }
    return named.stream()
        .map(user -> Ids.parse(user).map(UUID::toString).orElseThrow(SiteRules::badOperators))
        .distinct()
        .toList();
  }

  private static ProblemException badOperators() {
    return ProblemException.invalid("user_ids", "At most " + MAX_OPERATORS + " ids of users.");
  }
}
