package dev.confab.ai.provider;

import dev.confab.contracts.chat.Usage;

/** What a call tells; nothing after it completed, failed or was ended. Must not block. */
public interface LlmListener {
  /** The next characters of the answer, never empty. */
  void onText(String text);

  /** The model works without saying anything yet. */
  void onThinking();

  /**
   * The model said all it has to say.
   *
   * @param reason {@code stop}, {@code length} or {@code tool}
   * @param model as the provider names it, or null
   * @param usage null if the provider counts nothing
   */
  void onCompleted(String reason, String model, Usage usage);

  void onFailed(LlmFailure failure);
}
