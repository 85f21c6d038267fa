package dev.confab.chat.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.chat.conversation.Instants;
import dev.confab.chat.desk.DialogItem.SeenVisitor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A visitor, and what else the same browser asked for. */
public record EarlierDialogs(SeenVisitor visitor, List<Earlier> earlier) {
  /**
   * Another dialog of the same browser.
   *
   * @param rating from 1 to 5, or null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Earlier(
      String conversationId,
      UUID siteId,
      String state,
      List<String> tags,
      Integer rating,
      String lastMessagePreview,
      Instant createdAt) {
    static Earlier read(ResultSet rows) throws SQLException {
      return new Earlier(
          rows.getString("conversation_id"),
          rows.getObject("site_id", UUID.class),
          rows.getString("state"),
          List.of((String[]) rows.getArray("tags").getArray()),
          rows.getObject("rating", Integer.class),
          rows.getString("preview"),
          Instants.read(rows, "created_at"));
    }
  }
}
