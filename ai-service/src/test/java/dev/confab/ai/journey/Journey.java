package dev.confab.ai.journey;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.ai.AiConfig;
import dev.confab.ai.reply.Replies;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.ai.CompletionRequested.Turn;
import dev.confab.contracts.chat.Settings;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every journey starts with: topics, scripts, and requests to send. */
abstract class Journey {
  static final Duration SOON = Duration.ofSeconds(10);

  @Inject ObjectMapper json;
  @Inject AiConfig config;
  @Inject Replies replies;
  Stream stream;
  ScriptedLlm llm;

  @BeforeEach
  void connect() throws InterruptedException {
    stream = new Stream(config.kafka().bootstrapServers(), json);
    llm = ScriptedWorld.llm;
    llm.on("backup", x -> x.headers().token("from the backup").finish("stop", 1, 2).done());
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    stream.close();
  }

  static String model() {
    return "model-" + UUID.randomUUID();
  }

  static CompletionRequested due(CompletionRequested request, Instant deadline) {
    return new CompletionRequested(
        request.conversationId(),
        request.messageId(),
        request.attempt(),
        request.assistantId(),
        request.userId(),
        request.settings(),
        request.turns(),
        request.textSoFar(),
        deadline);
  }

  static CompletionRequested request(String model, String textSoFar, int attempt) {
    return new CompletionRequested(
        UUID.randomUUID().toString(),
        UUID.randomUUID().toString(),
        attempt,
        null,
        "user-1",
        new Settings(model, 0.5, 300, "Be brief", false),
        List.of(new Turn("user", "Ada", "Hi")),
        textSoFar,
        Instant.now().plusSeconds(60));
  }

  static void tokens(ScriptedLlm.Exchange exchange, long everyMs) {
    if (!exchange.hungUp.isDone()) {
      exchange.token("token ");
      exchange.after(everyMs, () -> tokens(exchange, everyMs));
    }
  }
}
