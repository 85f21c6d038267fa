package dev.confab.ai.provider;

import dev.confab.contracts.chat.Usage;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** One streamed completion at one endpoint. It ends once: by itself, or by {@link #end()}. */
public final class LlmCall implements StreamingChatResponseHandler {
  private final Provider provider;
  private final Entry entry;
  private final HttpExchange exchange;
  private final LlmListener listener;
  private final AtomicBoolean over = new AtomicBoolean();
  // The event loop's own.
  private boolean signed;

  LlmCall(Provider provider, Entry entry, HttpExchange exchange, LlmListener listener) {
    this.provider = provider;
    this.entry = entry;
    this.exchange = exchange;
    this.listener = listener;
    entry.endpoint().callStarted();
  }

  /** Hangs up on the provider; the listener hears nothing more. */
  public void end() {
    if (finish()) {
      exchange.hangUp();
      entry.pass().succeeded();
    }
  }

  /** Hangs up on a provider that failed in the caller's eyes; the listener hears nothing more. */
  public void endAsFailed(LlmFailure failure) {
    if (finish()) {
      exchange.hangUp();
      tell(failure);
    }
  }

  private boolean finish() {
    boolean first = over.compareAndSet(false, true);
    if (first) {
      entry.endpoint().callEnded();
    }
    return first;
  }

  private void tell(LlmFailure failure) {
    if (!failure.isProvidersFault()) {
      entry.pass().succeeded();
      return;
    }
    provider.failed();
    if (failure.isGrave()) {
      entry.pass().failedGravely();
    } else {
      entry.pass().failed();
    }
  }

  @Override
  public void onPartialResponse(String text) {
    if (!over.get()) {
      noteSign();
      listener.onText(text);
    }
  }

  private void noteSign() {
    if (!signed) {
      signed = true;
      entry.pass().succeeded();
    }
  }

  @Override
  public void onPartialThinking(PartialThinking thinking) {
    sign();
  }

  @Override
  public void onPartialToolCall(PartialToolCall partialToolCall) {
    sign();
  }

  private void sign() {
    if (!over.get()) {
      noteSign();
      listener.onThinking();
    }
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    if (response.finishReason() == null && !exchange.isDone()) {
      fail(new LlmFailure.Cut());
    } else if (finish()) {
      entry.pass().succeeded();
      provider.succeeded();
      listener.onCompleted(completion(response));
    }
  }

  @Override
  public void onError(Throwable cause) {
    fail(Objects.requireNonNullElseGet(exchange.failure(), LlmFailure.Malformed::new));
  }

  void fail(LlmFailure failure) {
    if (finish()) {
      exchange.hangUp();
      tell(failure);
      listener.onFailed(failure);
    }
  }

  private static Completion completion(ChatResponse response) {
    List<ToolExecutionRequest> calls = response.aiMessage().toolExecutionRequests();
    return new Completion(
        reason(response.finishReason()),
        response.modelName(),
        usage(response.tokenUsage()),
        calls == null ? List.of() : List.copyOf(calls));
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
