package dev.confab.chat.reply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.confab.chat.conversation.Instants;
import dev.confab.chat.reply.ReplyState.Ended;
import dev.confab.chat.reply.ReplyState.Queued;
import dev.confab.chat.reply.ReplyState.Running;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** How replies stand in their table. */
public final class ReplyRows {
  /** The columns that {@link #read} expects, of a table aliased {@code r}. */
  public static final String COLUMNS =
      "r.conversation_id, r.message_id, r.turn_id, r.turn_seq, r.assistant_id, r.persona::text AS persona,"
          + " r.user_id, r.status, r.attempt, r.epoch, r.opened_seq, r.opened_at, r.begun, r.due_at,"
          + " r.fence_requests::text AS fence_requests, r.fenced_at, r.created_at";

  // Written by replicas of other versions as well.
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
          .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
          .build();
  private static final TypeReference<List<FenceRequest>> REQUESTS = new TypeReference<>() {};

  private ReplyRows() {}

  /** Reads the row under the cursor. */
  public static Reply read(ResultSet rows) throws SQLException {
    return new Reply(
        rows.getObject("conversation_id", UUID.class),
        rows.getObject("message_id", UUID.class),
        rows.getObject("turn_id", UUID.class),
        rows.getLong("turn_seq"),
        rows.getString("assistant_id"),
        Persona.read(rows.getString("persona")),
        rows.getString("user_id"),
        rows.getLong("epoch"),
        Instants.read(rows, "created_at"),
        Instants.read(rows, "due_at"),
        readState(rows));
  }

  private static ReplyState readState(ResultSet rows) throws SQLException {
    return switch (rows.getString("status")) {
      case "queued" -> new Queued();
      case "running" ->
          new Running(
              rows.getLong("opened_seq"),
              Instants.read(rows, "opened_at"),
              rows.getInt("attempt"),
              rows.getBoolean("begun"),
              readRequests(rows.getString("fence_requests")),
              Instants.read(rows, "fenced_at"));
      default -> new Ended();
    };
  }

  /** The column {@code status}. */
  public static String status(Reply reply) {
    return switch (reply.state()) {
      case Queued queued -> "queued";
      case Running running -> "running";
      case Ended ended -> "ended";
    };
  }

  /** The running state to be stored, null of another. */
  public static Running running(Reply reply) {
    return reply.state() instanceof Running running ? running : null;
  }

  /** The column {@code fence_requests}. */
  public static String writeRequests(Reply reply) {
    if (!(reply.state() instanceof Running running) || running.requests().isEmpty()) {
      return "[]";
    }
    try {
      return JSON.writeValueAsString(running.requests());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("fence requests cannot be written", e);
    }
  }

  static List<FenceRequest> readRequests(String json) {
    try {
      return "[]".equals(json) ? List.of() : JSON.readValue(json, REQUESTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored fence requests cannot be read", e);
    }
  }
}
