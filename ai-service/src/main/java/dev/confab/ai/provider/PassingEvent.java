package dev.confab.ai.provider;

import dev.langchain4j.http.client.sse.ServerSentEvent;

/** An event whose data is let go once it was read: langchain4j keeps every event of a stream. */
final class PassingEvent extends ServerSentEvent {
  private String data;

  PassingEvent(String event, String data) {
    super(event, null);
    this.data = data;
  }

  @Override
  public String data() {
    return data;
  }

  void forget() {
    data = null;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
