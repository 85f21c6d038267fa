package dev.confab.chat.ledger;

import dev.confab.chat.conversation.ConversationRow;
import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.conversation.SettingsJson;
import dev.confab.chat.message.MessageDetails;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.reply.Persona;
import dev.confab.chat.reply.Reply;
import dev.confab.chat.reply.ReplyRows;
import dev.confab.chat.reply.ReplyState.Running;
import dev.confab.chat.statistics.UsageCharge;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/** Writes what a ledger decided, all statements in one round trip. */
final class LedgerWriter {
  private record Removed(UUID conversationId, String userId) {}

  private static final String INSERT_MESSAGES =
      "INSERT INTO messages (conversation_id, seq, id, changed_seq, message_type, kind, sender_id,"
          + " sender_name, on_behalf_of, content, client_id, reply_to, status, finish_reason, model,"
          + " prompt_tokens, completion_tokens, total_tokens, created_at, edited_at, details)"
          + " SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String UPDATE_MESSAGES =
      "UPDATE messages m SET changed_seq = k.changed_seq, kind = k.kind, content = k.content,"
          + " status = k.status, finish_reason = k.finish_reason, model = k.model,"
          + " prompt_tokens = k.prompt_tokens, completion_tokens = k.completion_tokens,"
          + " total_tokens = k.total_tokens, edited_at = k.edited_at,"
          + " chosen_seq = k.chosen_seq, details = k.details"
          + " FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS k(conversation_id, seq,"
          + " changed_seq, kind, content, status, finish_reason, model, prompt_tokens,"
          + " completion_tokens, total_tokens, edited_at, chosen_seq, details)"
          + " WHERE m.conversation_id = k.conversation_id AND m.seq = k.seq";
  // Whether a reply has begun is marked without the conversation's lock, so it is never taken back.
  private static final String PUT_REPLIES =
      "INSERT INTO replies (conversation_id, message_id, turn_id, turn_seq, assistant_id, persona,"
          + " user_id, status, attempt, epoch, opened_seq, opened_at, due_at, fence_requests,"
          + " fenced_at, created_at) SELECT k.conversation_id, k.message_id, k.turn_id, k.turn_seq,"
          + " k.assistant_id, k.persona::jsonb, k.user_id, k.status, k.attempt, k.epoch, k.opened_seq, k.opened_at,"
          + " k.due_at, k.fence_requests::jsonb, k.fenced_at, k.created_at"
          + " FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS k(conversation_id,"
          + " message_id, turn_id, turn_seq, assistant_id, persona, user_id, status, attempt, epoch,"
          + " opened_seq, opened_at, due_at, fence_requests, fenced_at, created_at)"
          + " ON CONFLICT (conversation_id, message_id) DO UPDATE SET status = EXCLUDED.status,"
          + " attempt = GREATEST(EXCLUDED.attempt, replies.attempt),"
          + " opened_seq = COALESCE(EXCLUDED.opened_seq, replies.opened_seq),"
          + " opened_at = COALESCE(EXCLUDED.opened_at, replies.opened_at),"
          + " fence_requests = EXCLUDED.fence_requests, fenced_at = EXCLUDED.fenced_at";
  // What every message changes is written apart from what may be long and seldom changes.
  private static final String UPDATE_HEADS =
      "UPDATE conversations c SET last_seq = k.last_seq, preview = k.preview,"
          + " preview_seq = k.preview_seq, updated_at = k.updated_at"
          + " FROM unnest(?, ?, ?, ?, ?) AS k(id, last_seq, preview, preview_seq, updated_at)"
          + " WHERE c.id = k.id";
  private static final String UPDATE_DESCRIPTIONS =
      "UPDATE conversations c SET title = k.title, settings = k.settings::jsonb,"
          + " participant_count = k.participant_count, deleted_at = k.deleted_at,"
          + " owner = k.owner, owner_epoch = k.owner_epoch, operator_id = k.operator_id"
          + " FROM unnest(?, ?, ?, ?, ?, ?, ?, ?) AS k(id, title, settings, participant_count,"
          + " deleted_at, owner, owner_epoch, operator_id)"
          + " WHERE c.id = k.id";
  private static final String UPDATE_ATTENDANCES =
      "UPDATE conversations c SET owner_since = k.owner_since, open_turn = k.open_turn,"
          + " open_turn_seq = k.open_turn_seq, answer_by = k.answer_by"
          + " FROM unnest(?, ?, ?, ?, ?) AS k(id, owner_since, open_turn, open_turn_seq, answer_by)"
          + " WHERE c.id = k.id";
  private static final String PUT_PARTICIPANTS =
      "INSERT INTO participants (conversation_id, user_id, name, role, last_read_seq, pinned,"
          + " archived, joined_at, ai_stand_in) SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (conversation_id, user_id) DO UPDATE SET name = EXCLUDED.name,"
          + " role = EXCLUDED.role, last_read_seq = EXCLUDED.last_read_seq,"
          + " pinned = EXCLUDED.pinned, archived = EXCLUDED.archived,"
          + " ai_stand_in = EXCLUDED.ai_stand_in";
  private static final String DELETE_PARTICIPANTS =
      "DELETE FROM participants p USING unnest(?, ?) AS k(conversation_id, user_id)"
          + " WHERE p.conversation_id = k.conversation_id AND p.user_id = k.user_id";
  private static final String INSERT_OUTCOMES =
      "INSERT INTO command_outcomes (conversation_id, command_id, code, detail, field, message_id,"
          + " created_at) SELECT k.*, clock_timestamp() FROM unnest(?, ?, ?, ?, ?, ?) AS k"
          + " ON CONFLICT DO NOTHING";

  // Users in one order, so that two transactions never wait for each other.
  private static final String ADD_USAGE =
      "INSERT INTO usage_days AS u (user_id, day, model, replies, prompt_tokens,"
          + " completion_tokens, total_tokens) SELECT k.user_id,"
          + " (clock_timestamp() AT TIME ZONE 'UTC')::date AS day, k.model, count(*),"
          + " sum(k.prompt), sum(k.completion), sum(k.total)"
          + " FROM unnest(?, ?, ?, ?, ?) AS k(user_id, model, prompt, completion, total)"
          + " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
          + " ON CONFLICT (user_id, day, model) DO UPDATE SET replies = u.replies +"
          + " EXCLUDED.replies, prompt_tokens = u.prompt_tokens + EXCLUDED.prompt_tokens,"
          + " completion_tokens = u.completion_tokens + EXCLUDED.completion_tokens,"
          + " total_tokens = u.total_tokens + EXCLUDED.total_tokens";

  private LedgerWriter() {}

  static void write(Statements statements, Ledger ledger) throws SQLException {
    insertMessages(statements, gather(ledger, LockedConversation::addedMessages));
    updateMessages(statements, gather(ledger, LockedConversation::changedMessages));
    putReplies(statements, gather(ledger, LockedConversation::changedReplies));
    updateHeads(statements, present(ledger, LockedConversation::isChanged));
    updateDescriptions(statements, present(ledger, LockedConversation::isDescribed));
    updateAttendances(statements, present(ledger, LockedConversation::isAttended));
    putParticipants(statements, gather(ledger, LockedConversation::changedParticipants));
    deleteParticipants(
        statements,
        gather(
            ledger,
            c -> c.removedParticipants().stream().map(u -> new Removed(c.id(), u)).toList()));
    insertOutcomes(statements, ledger.newOutcomes());
    addUsage(statements, ledger.charges());
    RoomWriter.write(statements, ledger);
    StandInWriter.write(statements, ledger);
  }

  private static <T> List<T> gather(
      Ledger ledger, Function<LockedConversation, Collection<T>> part) {
    List<T> all = new ArrayList<>();
    for (LockedConversation conversation : ledger.conversations()) {
      all.addAll(part.apply(conversation));
    }
    return all;
  }

  private static void insertMessages(Statements statements, List<StoredMessage> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    statements
        .change(INSERT_MESSAGES)
        .with("uuid", rows, StoredMessage::conversationId)
        .with("bigint", rows, StoredMessage::seq)
        .with("uuid", rows, StoredMessage::id)
        .with("bigint", rows, StoredMessage::changedSeq)
        .with("text", rows, StoredMessage::messageType)
        .with("text", rows, StoredMessage::kind)
        .with("text", rows, StoredMessage::senderId)
        .with("text", rows, StoredMessage::senderName)
        .with("text", rows, StoredMessage::onBehalfOf)
        .with("text", rows, StoredMessage::content)
        .with("text", rows, StoredMessage::clientId)
        .with("uuid", rows, StoredMessage::replyTo)
        .with("text", rows, m -> m.status().wire())
        .with("text", rows, StoredMessage::finishReason)
        .with("text", rows, StoredMessage::model);
    usage(statements, rows);
    statements
        .with("timestamptz", rows, m -> text(m.createdAt()))
        .with("timestamptz", rows, m -> text(m.editedAt()))
        .with("jsonb", rows, m -> MessageDetails.write(m.details()));
  }

  private static void updateMessages(Statements statements, List<StoredMessage> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    statements
        .change(UPDATE_MESSAGES)
        .with("uuid", rows, StoredMessage::conversationId)
        .with("bigint", rows, StoredMessage::seq)
        .with("bigint", rows, StoredMessage::changedSeq)
        .with("text", rows, StoredMessage::kind)
        .with("text", rows, StoredMessage::content)
        .with("text", rows, m -> m.status().wire())
        .with("text", rows, StoredMessage::finishReason)
        .with("text", rows, StoredMessage::model);
    usage(statements, rows);
    statements
        .with("timestamptz", rows, m -> text(m.editedAt()))
        .with("bigint", rows, StoredMessage::chosenSeq)
        .with("jsonb", rows, m -> MessageDetails.write(m.details()));
  }

  private static void usage(Statements statements, List<StoredMessage> rows) throws SQLException {
    statements
        .with("integer", rows, m -> m.usage() == null ? null : m.usage().promptTokens())
        .with("integer", rows, m -> m.usage() == null ? null : m.usage().completionTokens())
        .with("integer", rows, m -> m.usage() == null ? null : m.usage().totalTokens());
  }

  private static void putReplies(Statements statements, List<Reply> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    statements
        .change(PUT_REPLIES)
        .with("uuid", rows, Reply::conversationId)
        .with("uuid", rows, Reply::messageId)
        .with("uuid", rows, Reply::turnId)
        .with("bigint", rows, Reply::turnSeq)
        .with("text", rows, Reply::assistantId)
        .with("text", rows, r -> Persona.write(r.persona()))
        .with("text", rows, Reply::userId)
        .with("text", rows, ReplyRows::status)
        .with("integer", rows, r -> r.isRunning() ? r.running().attempt() : 1)
        .with("bigint", rows, Reply::epoch)
        .with("bigint", rows, r -> ofRunning(r, Running::openedSeq))
        .with("timestamptz", rows, r -> text(ofRunning(r, Running::openedAt)))
        .with("timestamptz", rows, r -> text(r.dueAt()))
        .with("text", rows, ReplyRows::writeRequests)
        .with("timestamptz", rows, r -> text(ofRunning(r, Running::fencedAt)))
        .with("timestamptz", rows, r -> text(r.createdAt()));
  }

  private static <T> T ofRunning(Reply reply, Function<Running, T> column) {
    Running running = ReplyRows.running(reply);
    return running == null ? null : column.apply(running);
  }

  private static List<ConversationRow> present(Ledger ledger, Predicate<LockedConversation> which) {
    return ledger.conversations().stream().filter(which).map(LockedConversation::present).toList();
  }

  private static void updateHeads(Statements statements, List<ConversationRow> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    statements
        .change(UPDATE_HEADS)
        .with("uuid", rows, ConversationRow::id)
        .with("bigint", rows, ConversationRow::lastSeq)
        .with("text", rows, ConversationRow::preview)
        .with("bigint", rows, ConversationRow::previewSeq)
        .with("timestamptz", rows, c -> text(c.updatedAt()));
  }

  private static void updateDescriptions(Statements statements, List<ConversationRow> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    statements
        .change(UPDATE_DESCRIPTIONS)
        .with("uuid", rows, ConversationRow::id)
        .with("text", rows, ConversationRow::title)
        .with("text", rows, c -> SettingsJson.write(c.settings()))
        .with("integer", rows, ConversationRow::participantCount)
        .with("timestamptz", rows, c -> text(c.deletedAt()))
        .with("text", rows, ConversationRow::owner)
        .with("bigint", rows, ConversationRow::ownerEpoch)
        .with("text", rows, ConversationRow::operatorId);
  }

  private static void updateAttendances(Statements statements, List<ConversationRow> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    statements
        .change(UPDATE_ATTENDANCES)
        .with("uuid", rows, ConversationRow::id)
        .with("timestamptz", rows, c -> text(c.attendance().ownerSince()))
        .with("uuid", rows, c -> c.attendance().openTurn())
        .with("bigint", rows, c -> c.attendance().openTurnSeq())
        .with("timestamptz", rows, c -> text(c.attendance().answerBy()));
  }

  private static void putParticipants(Statements statements, List<ParticipantRow> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    statements
        .change(PUT_PARTICIPANTS)
        .with("uuid", rows, ParticipantRow::conversationId)
        .with("text", rows, ParticipantRow::userId)
        .with("text", rows, ParticipantRow::name)
        .with("text", rows, ParticipantRow::role)
        .with("bigint", rows, ParticipantRow::lastReadSeq)
        .with("boolean", rows, ParticipantRow::pinned)
        .with("boolean", rows, ParticipantRow::archived)
        .with("timestamptz", rows, p -> text(p.joinedAt()))
        .with("boolean", rows, ParticipantRow::aiStandIn);
  }

  private static void deleteParticipants(Statements statements, List<Removed> rows)
      throws SQLException {
    if (!rows.isEmpty()) {
      statements
          .change(DELETE_PARTICIPANTS)
          .with("uuid", rows, Removed::conversationId)
          .with("text", rows, Removed::userId);
    }
  }

  private static void insertOutcomes(Statements statements, List<CommandOutcome> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    statements
        .change(INSERT_OUTCOMES)
        .with("uuid", rows, CommandOutcome::conversationId)
        .with("text", rows, CommandOutcome::commandId)
        .with("text", rows, o -> o.code() == null ? null : o.code().name())
        .with("text", rows, CommandOutcome::detail)
        .with("text", rows, CommandOutcome::field)
        .with("uuid", rows, CommandOutcome::messageId);
  }

  private static void addUsage(Statements statements, List<UsageCharge> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    statements
        .change(ADD_USAGE)
        .with("text", rows, UsageCharge::userId)
        .with("text", rows, UsageCharge::model)
        .with("bigint", rows, u -> u.usage().promptTokens())
        .with("bigint", rows, u -> u.usage().completionTokens())
        .with("bigint", rows, u -> u.usage().totalTokens());
  }

  private static String text(Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
