package dev.confab.chat.conversation;

import dev.confab.contracts.chat.AssistantMember;
import dev.confab.contracts.chat.Conversation;
import dev.confab.contracts.chat.Settings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A conversation as stored.
 *
 * @param siteId the site of a support conversation, else null
 * @param previewSeq number of the message that {@code preview} was taken from
 * @param deletedAt when it was closed, null while it is active
 * @param assistants members of a room beside its people, never null
 * @param attendance of a support conversation's visitor; empty elsewhere
 */
public record ConversationRow(
    UUID id,
    String kind,
    String title,
    String owner,
    long ownerEpoch,
    String operatorId,
    String assistantId,
    String assistantName,
    UUID siteId,
    Settings settings,
    long lastSeq,
    UUID history,
    String preview,
    long previewSeq,
    int participantCount,
    boolean sensitive,
    Instant createdAt,
    Instant updatedAt,
    Instant deletedAt,
    List<AssistantMember> assistants,
    Attendance attendance) {
  /** The columns that {@link #read} expects, of a table aliased {@code c}. */
  public static final String COLUMNS =
      "c.id, c.kind, c.title, c.owner, c.owner_epoch, c.operator_id, c.assistant_id,"
          + " c.assistant_name, c.site_id, c.settings::text AS settings, c.last_seq, c.history, c.preview, c.preview_seq,"
          + " c.participant_count, c.sensitive, c.created_at, c.updated_at, c.deleted_at,"
          + " c.assistants::text AS assistants, "
          + Attendance.COLUMNS;

  /** Reads the row under the cursor. */
  public static ConversationRow read(ResultSet rows) throws SQLException {
    return new ConversationRow(
        rows.getObject("id", UUID.class),
        rows.getString("kind"),
        rows.getString("title"),
        rows.getString("owner"),
        rows.getLong("owner_epoch"),
        rows.getString("operator_id"),
        rows.getString("assistant_id"),
        rows.getString("assistant_name"),
        rows.getObject("site_id", UUID.class),
        SettingsJson.read(rows.getString("settings")),
        rows.getLong("last_seq"),
        rows.getObject("history", UUID.class),
        rows.getString("preview"),
        rows.getLong("preview_seq"),
        rows.getInt("participant_count"),
        rows.getBoolean("sensitive"),
        Instants.read(rows, "created_at"),
        Instants.read(rows, "updated_at"),
        Instants.read(rows, "deleted_at"),
        AssistantMembers.read(rows.getString("assistants")),
        Attendance.read(rows));
  }

  /** Whether so many take part that they are no longer listed. */
  public boolean isBig() {
    return participantCount > Conversation.LISTED_PARTICIPANTS;
  }

  /**
   * What all participants see.
   *
   * @param participants everybody who takes part; ignored in a big conversation
   */
  public Conversation toContract(List<ParticipantRow> participants) {
    return new Conversation(
        id.toString(),
        kind,
        title,
        owner,
        ownerEpoch,
        operatorId,
        assistantId,
        assistantName,
        siteId == null ? null : siteId.toString(),
        "support".equals(kind) ? settings.withoutPrompt() : settings,
        isBig() ? null : participants.stream().map(ParticipantRow::toContract).toList(),
        participantCount,
        lastSeq,
        history.toString(),
        preview,
        sensitive,
        deletedAt == null,
        createdAt,
        updatedAt,
        assistants.isEmpty() ? null : assistants);
  }
}
