package dev.confab.ai.provider;

/** What a call tells; nothing after it completed, failed or was ended. Must not block. */
public interface LlmListener {
  /** The next characters of the answer, never empty. */
  void onText(String text);

  /** The model works without saying anything yet. */
  void onThinking();

  /** The model said all it has to say, or wants tools to be used before it goes on. */
  void onCompleted(Completion completion);

  void onFailed(LlmFailure failure);
}
