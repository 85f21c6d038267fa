package dev.confab.ai.provider;

/** Why a call to a provider failed. */
public sealed interface LlmFailure {
  /** For logs and metrics. */
  String label();

  /** Whether another endpoint or another moment may do better. */
  default boolean isWorthRetrying() {
    return true;
  }

  /** No connection, or it broke. */
  record Unreachable() implements LlmFailure {
    @Override
    public String label() {
      return "unreachable";
    }
  }

  /** The provider answered with an error. */
  record Status(int code) implements LlmFailure {
    @Override
    public String label() {
      return "status_" + code;
    }

    @Override
    public boolean isWorthRetrying() {
      return code >= 500 || code == 408 || code == 429;
    }
  }

  /** The stream ended before the model did. */
  record Cut() implements LlmFailure {
    @Override
    public String label() {
      return "cut";
    }
  }

  /** The stream held something that is not the protocol. */
  record Malformed() implements LlmFailure {
    @Override
    public String label() {
      return "malformed";
    }
  }

  /** The provider told of an error amid the stream. */
  record ErrorEvent() implements LlmFailure {
    @Override
    public String label() {
      return "error_event";
    }
  }

  /** Too long without a sign: {@code first_token}, {@code stall} or {@code total}. */
  record TimedOut(String waitingFor) implements LlmFailure {
    @Override
    public String label() {
      return "timeout_" + waitingFor;
    }

    @Override
    public boolean isWorthRetrying() {
      return !"total".equals(waitingFor);
    }
  }
}
