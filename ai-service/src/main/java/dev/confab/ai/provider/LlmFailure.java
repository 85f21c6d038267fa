package dev.confab.ai.provider;

/** Why a call to a provider failed. */
public sealed interface LlmFailure {
  /** For logs and metrics. */
  String label();

  /** Whether the same provider may do better a moment later. */
  default boolean isWorthRepeating() {
    return true;
  }

  /** Whether it speaks against the provider, not against what was asked. */
  default boolean isProvidersFault() {
    return true;
  }

  /** Whether the next call would in all likelihood fail as well, and cost as much time. */
  default boolean isGrave() {
    return false;
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
    public boolean isWorthRepeating() {
      return code >= 500 || code == 408 || code == 429;
    }

    @Override
    public boolean isProvidersFault() {
      return isWorthRepeating() || isGrave();
    }

    /** A key that is not valid stays so for a while. */
    @Override
    public boolean isGrave() {
      return code == 401 || code == 402 || code == 403;
    }

    /** Whether the request itself was refused, by a provider that works. */
    public boolean isRefusal() {
      return code == 400 || code == 404 || code == 422;
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

  /** The model ended without having said anything. */
  record Empty() implements LlmFailure {
    @Override
    public String label() {
      return "empty";
    }

    @Override
    public boolean isProvidersFault() {
      return false;
    }
  }

  /** Too long without a sign: {@code first_token}, {@code stall} or {@code total}. */
  record TimedOut(String waitingFor) implements LlmFailure {
    @Override
    public String label() {
      return "timeout_" + waitingFor;
    }

    /** Nobody should wait as long again. */
    @Override
    public boolean isWorthRepeating() {
      return false;
    }

    @Override
    public boolean isGrave() {
      return isProvidersFault();
    }

    @Override
    public boolean isProvidersFault() {
      return !"total".equals(waitingFor);
    }
  }
}
