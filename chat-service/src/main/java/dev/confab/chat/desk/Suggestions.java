package dev.confab.chat.desk;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.conversation.SettingsJson;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.model.Completions;
import dev.confab.chat.model.Completions.Question;
import dev.confab.chat.model.Completions.Said;
import dev.confab.chat.model.Models;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/** Has the AI write what an operator might answer; nothing of it is stored or shown to anybody. */
@ApplicationScoped
class Suggestions {
  private static final int MAX_MESSAGES = 40;
  private static final int MAX_CHARS = 30_000;
  private static final int MAX_TOKENS = 400;
  private static final String INSTRUCTION =
      "You assist a support operator. Write the reply that the operator should send to the visitor"
          + " next, in the visitor's language, in the operator's own voice. Answer with the text of"
          + " the reply alone.";
  private static final String ASK = "Write the operator's next reply to the visitor.";
  private static final String SETTINGS =
      "SELECT c.settings::text AS settings FROM conversations c WHERE c.id = ?";
  private static final String HISTORY =
      "SELECT m.message_type, m.content FROM messages m WHERE m.conversation_id = ?"
          + " AND m.message_type <> 'system' AND m.kind <> 'fallback' AND m.content <> ''"
          + " AND m.status NOT IN ('deleted', 'streaming') ORDER BY m.seq DESC LIMIT "
          + MAX_MESSAGES;

  private final ChatConfig.Desk config;
  private final Reads reads;
  private final Models models;
  private final Completions completions;
  private final Semaphore free;

  Suggestions(ChatConfig config, Reads reads, Models models, Completions completions) {
    this.config = config.desk();
    this.reads = reads;
    this.models = models;
    this.completions = completions;
    this.free = new Semaphore(config.desk().suggestionsAtOnce());
  }

  /**
   * What might be answered in a dialog.
   *
   * @throws ProblemException {@code RATE_LIMITED} if too many wait for one, {@code AI_UNAVAILABLE}
   *     if no model answers in time
   */
  String suggest(UUID dialog, String userId) throws InterruptedException {
    Question question = reads.snapshot(c -> question(c, dialog, userId));
    if (!free.tryAcquire()) {
      throw new ProblemException(ErrorCode.RATE_LIMITED, "Too many suggestions at a time.");
    }
    try {
      return completions
          .ask(question, config.suggestWithin())
          .orElseThrow(
              () -> new ProblemException(ErrorCode.AI_UNAVAILABLE, "No model answers now."));
    } finally {
      free.release();
    }
  }

  private Question question(Connection connection, UUID dialog, String userId) throws SQLException {
    Settings settings =
        SettingsJson.read(
            Reads.first(connection, SETTINGS, rows -> rows.getString("settings"), dialog)
                .orElseThrow());
    List<Said> newestFirst =
        Reads.all(
            connection,
            HISTORY,
            rows -> new Said(role(rows.getString("message_type")), rows.getString("content")),
            dialog);
    List<Said> messages = new ArrayList<>(fitting(newestFirst));
    messages.add(new Said("user", ASK));
    messages.add(0, new Said("system", prompt(settings)));
    String model = models.answering(settings.model()).orElse(null);
    return new Question(model, messages, MAX_TOKENS, userId);
  }

  private static String role(String messageType) {
    return "user".equals(messageType) ? "user" : "assistant";
  }

  private static String prompt(Settings settings) {
    return settings.systemPrompt() == null
        ? INSTRUCTION
        : INSTRUCTION + "\n\nWhat the assistant was told:\n" + settings.systemPrompt();
  }

  private static List<Said> fitting(List<Said> newestFirst) {
    List<Said> fitting = new ArrayList<>();
    int chars = 0;
    for (Said each : newestFirst) {
      chars += each.content().length();
      if (chars > MAX_CHARS && !fitting.isEmpty()) {
        break;
      }
      fitting.add(each);
    }
    Collections.reverse(fitting);
    return fitting;
  }
}
