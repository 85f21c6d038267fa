package dev.confab.ai.provider;

import dev.confab.contracts.chat.Usage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** One streamed completion at one endpoint. It ends once: by itself, or by {@link #end()}. */
public final class LlmCall implements StreamingChatResponseHandler {
  private final Endpoint endpoint;
  private final HttpExchange exchange;
  private final LlmListener listener;
  private final long cooldownNanos;
  private final AtomicBoolean over = new AtomicBoolean();

  LlmCall(Endpoint endpoint, HttpExchange exchange, LlmListener listener, long cooldownNanos) {
    this.endpoint = endpoint;
    this.exchange = exchange;
    this.listener = listener;
    this.cooldownNanos = cooldownNanos;
    endpoint.callStarted();
  }

  /** Hangs up on the provider; the listener hears nothing more. */
  public void end() {
    if (finish()) {
      exchange.hangUp();
    }
  }

  /** Hangs up, and has the endpoint avoided for a while: it kept us waiting. */
  public void endAsUnhealthy() {
    end();
    avoid();
  }

  private boolean finish() {
    boolean first = over.compareAndSet(false, true);
    if (first) {
      endpoint.callEnded();
    }
    return first;
  }

  private void avoid() {
    endpoint.avoidUntil(System.nanoTime() + cooldownNanos);
  }

  @Override
  public void onPartialResponse(String text) {
    if (!over.get()) {
      listener.onText(text);
    }
  }

  @Override
  public void onPartialThinking(PartialThinking thinking) {
    if (!over.get()) {
      listener.onThinking();
    }
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    if (response.finishReason() == null && !exchange.isDone()) {
      fail(new LlmFailure.Cut());
    } else if (finish()) {
      endpoint.answered();
      listener.onCompleted(
          reason(response.finishReason()), response.modelName(), usage(response.tokenUsage()));
    }
  }

  @Override
  public void onError(Throwable cause) {
    fail(Objects.requireNonNullElseGet(exchange.failure(), LlmFailure.Malformed::new));
  }

  void fail(LlmFailure failure) {
    if (finish()) {
      exchange.hangUp();
      if (failure.isWorthRetrying()) {
        avoid();
      }
      listener.onFailed(failure);
    }
  }

  private static String reason(FinishReason reason) {
    return switch (reason) {
      case LENGTH -> "length";
      case TOOL_EXECUTION -> "tool";
      case null, default -> "stop";
    };
  }

  private static Usage usage(TokenUsage usage) {
    if (usage == null) {
      return null;
    }
    return new Usage(
        Objects.requireNonNullElse(usage.inputTokenCount(), 0),
        Objects.requireNonNullElse(usage.outputTokenCount(), 0),
        Objects.requireNonNullElse(usage.totalTokenCount(), 0));
  }
}
