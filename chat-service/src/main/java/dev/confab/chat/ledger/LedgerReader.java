package dev.confab.chat.ledger;

import dev.confab.chat.assistant.Assistant;
import dev.confab.chat.conversation.ConversationRow;
import dev.confab.chat.conversation.Instants;
import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.conversation.Unread;
import dev.confab.chat.ledger.Lookup.ClientKey;
import dev.confab.chat.ledger.Lookup.CommandKey;
import dev.confab.chat.ledger.Lookup.MessageKey;
import dev.confab.chat.ledger.Lookup.UserKey;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.reply.ReplyRows;
import dev.confab.chat.support.OperatorAccess;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Conversation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map.Entry;
import java.util.UUID;

/**
 * Reads what a {@link Lookup} names, in one round trip: each statement that follows the locks sees
 * what was committed before they were taken, for it has a snapshot of its own (READ COMMITTED).
 */
final class LedgerReader {
  /** Beyond this, one's unread messages are no longer counted. */
  static final int MAX_UNREAD = 1000;

  private static final String LOCK =
      "SELECT "
          + ConversationRow.COLUMNS
          + " FROM conversations c WHERE c.id = ANY(?)"
          + " ORDER BY c.id FOR UPDATE";
  private static final String CLOCK = "SELECT clock_timestamp() AS now";
  private static final String LISTED_PARTICIPANTS =
      "SELECT "
          + ParticipantRow.COLUMNS
          + " FROM conversations c JOIN participants p"
          + " ON p.conversation_id = c.id WHERE c.id = ANY(?) AND c.participant_count <= "
          + Conversation.LISTED_PARTICIPANTS
          + " ORDER BY p.joined_at, p.user_id";
  private static final String NAMED_PARTICIPANTS =
      "SELECT "
          + ParticipantRow.COLUMNS
          + " FROM unnest(?, ?) AS k(conversation_id, user_id)"
          + " JOIN participants p ON p.conversation_id = k.conversation_id"
          + " AND p.user_id = k.user_id";
  private static final String OPEN_REPLIES =
      "SELECT "
          + ReplyRows.COLUMNS
          + " FROM replies r WHERE r.conversation_id = ANY(?)"
          + " AND r.status <> 'ended'";
  private static final String NAMED_REPLIES =
      "SELECT "
          + ReplyRows.COLUMNS
          + " FROM unnest(?, ?) AS k(conversation_id, message_id)"
          + " JOIN replies r ON r.conversation_id = k.conversation_id"
          + " AND r.message_id = k.message_id";
  private static final String BY_ID =
      "SELECT "
          + StoredMessage.COLUMNS
          + " FROM unnest(?, ?) AS k(conversation_id, id)"
          + " JOIN messages m ON m.conversation_id = k.conversation_id AND m.id = k.id";
  private static final String BY_CLIENT_ID =
      "SELECT "
          + StoredMessage.COLUMNS
          + " FROM unnest(?, ?, ?) AS k(conversation_id, sender_id, client_id)"
          + " JOIN messages m ON m.conversation_id = k.conversation_id"
          + " AND m.sender_id = k.sender_id AND m.client_id = k.client_id";
  private static final String ASSISTANTS =
      "SELECT " + Assistant.COLUMNS + " FROM assistants a WHERE a.id = ANY(?)";
  // With plain values one partition is opened instead of all of them.
  private static final String BY_ONE_CLIENT_ID =
      "SELECT "
          + StoredMessage.COLUMNS
          + " FROM messages m WHERE m.conversation_id = ? AND m.sender_id = ? AND m.client_id = ?";
  private static final String OUTCOMES =
      "SELECT o.* FROM unnest(?, ?) AS k(conversation_id, command_id)"
          + " JOIN command_outcomes o ON o.conversation_id = k.conversation_id"
          + " AND o.command_id = k.command_id";
  private static final String UNREAD =
      "SELECT k.conversation_id, k.user_id, (SELECT count(*) FROM (SELECT 1 FROM messages m"
          + " WHERE m.conversation_id = k.conversation_id"
          + " AND m.seq > GREATEST(k.seq, p.last_read_seq)"
          + " AND m.sender_id <> k.user_id AND m.status <> 'deleted' LIMIT "
          + MAX_UNREAD
          + ") AS unread) AS unread, (SELECT count(*) FROM mentions n"
          + " WHERE n.conversation_id = k.conversation_id AND n.user_id = k.user_id"
          + " AND n.seq > GREATEST(k.seq, p.last_read_seq)) AS mentions FROM unnest(?, ?, ?) AS k(conversation_id, user_id, seq)"
          + " JOIN participants p ON p.conversation_id = k.conversation_id"
          + " AND p.user_id = k.user_id";

  private static final String SPENT =
      "SELECT u.user_id, sum(u.total_tokens)::bigint AS tokens FROM usage_days u"
          + " WHERE u.user_id = ANY(?)"
          + " AND u.day = (clock_timestamp() AT TIME ZONE 'UTC')::date GROUP BY u.user_id";

  private static final String RECENT_STAND_INS =
      "SELECT r.conversation_id, r.on_behalf_of, count(*) AS times FROM replies r"
          + " WHERE r.conversation_id = ANY(?) AND r.on_behalf_of IS NOT NULL"
          + " AND r.created_at > clock_timestamp() - interval '1 minute' GROUP BY 1, 2";
  private static final String WORKING =
      "SELECT k.conversation_id, k.user_id FROM unnest(?, ?) AS k(conversation_id, user_id)"
          + " JOIN conversations c ON c.id = k.conversation_id WHERE "
          + OperatorAccess.works("c.site_id", "k.user_id");

  private LedgerReader() {}

  static void read(Connection connection, Lookup lookup, Ledger ledger) throws SQLException {
    Statements all = new Statements(connection);
    if (!lookup.conversations().isEmpty()) {
      lock(all, lookup, ledger);
    }
    all.query(CLOCK, rows -> ledger.clock(Instants.read(rows, "now")));
    if (!lookup.conversations().isEmpty()) {
      participantsAndReplies(all, lookup, ledger);
      messages(all, lookup, ledger);
      RoomReader.read(all, lookup, ledger);
    }
    if (!lookup.assistants().isEmpty()) {
      all.query(ASSISTANTS, rows -> ledger.load(Assistant.read(rows)))
          .with("uuid", lookup.assistants(), id -> id);
    }
    outcomes(all, lookup, ledger);
    if (!lookup.recentStandIns().isEmpty()) {
      all.query(RECENT_STAND_INS, rows -> loadStandIns(rows, ledger))
          .with("uuid", lookup.recentStandIns(), id -> id);
    }
    if (!lookup.spenders().isEmpty()) {
      all.query(SPENT, rows -> ledger.loadSpent(rows.getString("user_id"), rows.getLong("tokens")))
          .with("text", lookup.spenders(), user -> user);
    }
    all.run();
  }

  private static void lock(Statements first, Lookup lookup, Ledger ledger) throws SQLException {
    first
        .query(
            lookup.skipsLocked() ? LOCK + " SKIP LOCKED" : LOCK,
            rows -> ledger.load(new LockedConversation(ConversationRow.read(rows))))
        .with("uuid", lookup.conversations(), id -> id);
  }

  private static void participantsAndReplies(Statements rest, Lookup lookup, Ledger ledger)
      throws SQLException {
    var ids = lookup.conversations();
    rest.query(LISTED_PARTICIPANTS, rows -> loadParticipant(rows, ledger))
        .with("uuid", ids, id -> id);
    if (!lookup.users().isEmpty()) {
      rest.query(NAMED_PARTICIPANTS, rows -> loadParticipant(rows, ledger))
          .with("uuid", lookup.users(), UserKey::conversationId)
          .with("text", lookup.users(), UserKey::userId);
    }
    rest.query(OPEN_REPLIES, rows -> loadReply(rows, ledger)).with("uuid", ids, id -> id);
    if (!lookup.operators().isEmpty()) {
      rest.query(WORKING, rows -> loadWorking(rows, ledger))
          .with("uuid", lookup.operators(), UserKey::conversationId)
          .with("text", lookup.operators(), UserKey::userId);
    }
    if (!lookup.readPositions().isEmpty()) {
      var positions = lookup.readPositions().entrySet();
      rest.query(UNREAD, rows -> loadUnread(rows, ledger))
          .with("uuid", positions, e -> e.getKey().conversationId())
          .with("text", positions, e -> e.getKey().userId())
          .with("bigint", positions, Entry::getValue);
    }
  }

  private static void messages(Statements rest, Lookup lookup, Ledger ledger) throws SQLException {
    if (lookup.clientIds().size() == 1) {
      ClientKey only = lookup.clientIds().iterator().next();
      rest.query(BY_ONE_CLIENT_ID, rows -> loadMessage(rows, ledger))
          .with(only.conversationId())
          .with(only.senderId())
          .with(only.clientId());
    } else if (!lookup.clientIds().isEmpty()) {
      rest.query(BY_CLIENT_ID, rows -> loadMessage(rows, ledger))
          .with("uuid", lookup.clientIds(), ClientKey::conversationId)
          .with("text", lookup.clientIds(), ClientKey::senderId)
          .with("text", lookup.clientIds(), ClientKey::clientId);
    }
    if (!lookup.messageIds().isEmpty()) {
      rest.query(BY_ID, rows -> loadMessage(rows, ledger))
          .with("uuid", lookup.messageIds(), MessageKey::conversationId)
          .with("uuid", lookup.messageIds(), MessageKey::messageId);
      rest.query(NAMED_REPLIES, rows -> loadReply(rows, ledger))
          .with("uuid", lookup.messageIds(), MessageKey::conversationId)
          .with("uuid", lookup.messageIds(), MessageKey::messageId);
    }
  }

  private static void outcomes(Statements rest, Lookup lookup, Ledger ledger) throws SQLException {
    if (!lookup.commandIds().isEmpty()) {
      rest.query(OUTCOMES, rows -> ledger.load(readOutcome(rows)))
          .with("uuid", lookup.commandIds(), CommandKey::conversationId)
          .with("text", lookup.commandIds(), CommandKey::commandId);
    }
  }

  private static void loadWorking(ResultSet rows, Ledger ledger) throws SQLException {
    ledger.loadWorking(rows.getObject("conversation_id", UUID.class), rows.getString("user_id"));
  }

  static void loadParticipant(ResultSet rows, Ledger ledger) throws SQLException {
    ParticipantRow participant = ParticipantRow.read(rows);
    ledger.conversation(participant.conversationId()).ifPresent(c -> c.load(participant));
  }

  private static void loadReply(ResultSet rows, Ledger ledger) throws SQLException {
    var reply = ReplyRows.read(rows);
    ledger.conversation(reply.conversationId()).ifPresent(c -> c.load(reply));
  }

  private static void loadMessage(ResultSet rows, Ledger ledger) throws SQLException {
    StoredMessage message = StoredMessage.read(rows);
    ledger.conversation(message.conversationId()).ifPresent(c -> c.load(message));
  }

  private static void loadStandIns(ResultSet rows, Ledger ledger) throws SQLException {
    String member = rows.getString("on_behalf_of");
    int times = rows.getInt("times");
    ledger
        .conversation(rows.getObject("conversation_id", UUID.class))
        .ifPresent(c -> c.loadStandIns(member, times));
  }

  private static void loadUnread(ResultSet rows, Ledger ledger) throws SQLException {
    UUID conversation = rows.getObject("conversation_id", UUID.class);
    String user = rows.getString("user_id");
    Unread unread = new Unread(rows.getInt("unread"), rows.getInt("mentions"));
    ledger.conversation(conversation).ifPresent(c -> c.loadUnread(user, unread));
  }

  private static CommandOutcome readOutcome(ResultSet rows) throws SQLException {
    String code = rows.getString("code");
    return new CommandOutcome(
        rows.getObject("conversation_id", UUID.class),
        rows.getString("command_id"),
        code == null ? null : ErrorCode.valueOf(code),
        rows.getString("detail"),
        rows.getString("field"),
        rows.getObject("message_id", UUID.class));
  }
}
