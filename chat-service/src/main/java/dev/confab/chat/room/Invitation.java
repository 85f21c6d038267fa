package dev.confab.chat.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.chat.conversation.Instants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * A link into a room, as its hosts see it.
 *
 * @param token what the link has in it; told once, when it is made, and null later
 * @param url where one looks at the invitation, relative to the public origin; told with the token
 * @param maxUses null for any number
 * @param uses how many came in by it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Invitation(
    UUID id,
    String token,
    String url,
    String createdBy,
    String createdByName,
    Instant createdAt,
    Instant expiresAt,
    Integer maxUses,
    int uses) {
  static final String COLUMNS =
      "i.id, i.created_by, i.created_by_name, i.created_at, i.expires_at, i.max_uses, i.uses";

  static Invitation read(ResultSet rows) throws SQLException {
    return new Invitation(
        rows.getObject("id", UUID.class),
        null,
        null,
        rows.getString("created_by"),
        rows.getString("created_by_name"),
        Instants.read(rows, "created_at"),
        Instants.read(rows, "expires_at"),
        rows.getObject("max_uses", Integer.class),
        rows.getInt("uses"));
  }

  Invitation with(InvitationToken secret) {
    return new Invitation(
        id,
        secret.text(),
        "/api/v1/invitations/" + secret.text(),
        createdBy,
        createdByName,
        createdAt,
        expiresAt,
        maxUses,
        uses);
  }

  /** Never shows the token. */
  @Override
  public String toString() {
    return "Invitation[" + id + ']';
  }
}
