package dev.confab.chat.assistant;

import dev.confab.chat.conversation.Instants;
import dev.confab.chat.conversation.SettingsJson;
import dev.confab.chat.message.MessageText;
import dev.confab.contracts.chat.Settings;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A configured AI as stored.
 *
 * @param ownerName what its owner was called when they last changed it
 * @param avatar address of a picture, or an emoji; null for none
 * @param starterQuestions with which one may begin
 * @param isPublic whether others may see and use it
 */
public record Assistant(
    UUID id,
    String ownerId,
    String ownerName,
    String name,
    String avatar,
    String description,
    Settings settings,
    List<String> starterQuestions,
    boolean isPublic,
    Instant createdAt,
    Instant updatedAt) {
  /** The columns that {@link #read} expects, of a table aliased {@code a}. */
  public static final String COLUMNS =
      "a.id, a.owner_id, a.owner_name, a.name, a.avatar, a.description,"
          + " a.settings::text AS settings, a.starter_questions, a.is_public, a.created_at,"
          + " a.updated_at";

  /** Reads the row under the cursor. */
  public static Assistant read(ResultSet rows) throws SQLException {
    Array questions = rows.getArray("starter_questions");
    return new Assistant(
        rows.getObject("id", UUID.class),
        rows.getString("owner_id"),
        rows.getString("owner_name"),
        rows.getString("name"),
        rows.getString("avatar"),
        rows.getString("description"),
        SettingsJson.read(rows.getString("settings")),
        List.of((String[]) questions.getArray()),
        rows.getBoolean("is_public"),
        Instants.read(rows, "created_at"),
        Instants.read(rows, "updated_at"));
  }

  /** Whether it exists for this user. */
  public boolean isVisibleTo(String userId) {
    return isPublic || isOwnedBy(userId);
  }

  boolean isOwnedBy(String userId) {
    return ownerId.equals(userId);
  }

  /** The same, as its owner has just changed it. */
  Assistant changedBy(String newOwnerName, Instant now) {
    return new Assistant(
        id,
        ownerId,
        MessageText.storable(newOwnerName),
        name,
        avatar,
        description,
        settings,
        starterQuestions,
        isPublic,
        createdAt,
        now);
  }

  /** Never shows its prompt. */
  @Override
  public String toString() {
    return "Assistant[" + id + ']';
  }
}
