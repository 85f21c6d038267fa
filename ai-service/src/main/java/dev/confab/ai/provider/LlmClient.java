package dev.confab.ai.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.ai.AiConfig;
import dev.confab.ai.AiConfig.Continuation;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.UnaryOperator;

/** Calls providers through langchain4j's OpenAI client. */
@ApplicationScoped
public class LlmClient {
  private final Transport transport;
  private final ObjectMapper json;
  private final AiConfig.Upstream config;

  LlmClient(Transport transport, ObjectMapper json, AiConfig config) {
    this.transport = transport;
    this.json = json;
    this.config = config.upstream();
  }

  /**
   * Starts a streamed completion at the provider's least busy endpoint and returns at once.
   *
   * @param listener called on an event loop, possibly before this returns
   */
  public LlmCall start(Target target, Prompt prompt, LlmListener listener) {
    Provider provider = target.provider();
    Entry entry = provider.enter();
    HttpExchange exchange =
        new HttpExchange(transport.next(), bodyEdit(provider, prompt), config.modelsTimeout());
    LlmCall call = new LlmCall(provider, entry, exchange, listener);
    try {
      OpenAiStreamingChatModel.builder()
          .httpClientBuilder(new SingleUse(exchange))
          .baseUrl(entry.endpoint().baseUrl())
          .apiKey(provider.apiKey())
          .modelName(target.model())
          .temperature(prompt.temperature())
          .maxTokens(prompt.maxTokens())
          .returnThinking(true)
          .build()
          .chat(request(provider, prompt), call);
    } catch (RuntimeException e) {
      call.fail(new LlmFailure.Malformed());
    }
    return call;
  }

  private static ChatRequest request(Provider provider, Prompt prompt) {
    ChatRequest.Builder request =
        ChatRequest.builder().messages(prompt.messages(provider.continuation()));
    if (!prompt.tools().isEmpty()) {
      request.toolSpecifications(prompt.tools());
    }
    return request.build();
  }

  private UnaryOperator<String> bodyEdit(Provider provider, Prompt prompt) {
    return provider.continuation() == Continuation.PREFIX && prompt.isContinued()
        ? this::markPrefix
        : UnaryOperator.identity();
  }

  /** Marks the last turn as the beginning of the answer; langchain4j has no word for it. */
  private String markPrefix(String body) {
    try {
      ObjectNode request = (ObjectNode) json.readTree(body);
      ArrayNode messages = (ArrayNode) request.get("messages");
      ((ObjectNode) messages.get(messages.size() - 1)).put("prefix", true);
      return json.writeValueAsString(request);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("langchain4j wrote no JSON", e);
    }
  }
}
