package dev.confab.auth.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.contracts.Topics;
import dev.confab.contracts.auth.SessionEvent;
import dev.confab.contracts.auth.UserEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.io.UncheckedIOException;

/** The way in: what is added here leaves if, and only if, the transaction around it commits. */
@ApplicationScoped
public class Outbox {
  /** Something was added; fired inside the transaction, observed after it. */
  record Added() {}

  private final ObjectMapper json;
  private final Event<Added> added;

  Outbox(ObjectMapper json, Event<Added> added) {
    this.json = json;
    this.added = added;
  }

  /** Announces an event. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void add(SessionEvent event) {
    try {
      String payload = json.writerFor(SessionEvent.class).writeValueAsString(event);
      persist(Topics.AUTH_EVENTS, event.sessionId(), payload);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Announces what a user chose. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void add(UserEvent event) {
    try {
      String payload = json.writerFor(UserEvent.class).writeValueAsString(event);
      persist(Topics.AUTH_USERS, event.key(), payload);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets the topic forget a session whose tokens have all expired. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void forget(String sessionId) {
    persist(Topics.AUTH_EVENTS, sessionId, null);
  }

  private void persist(String topic, String key, String payload) {
    var row = new OutboxRow();
    row.topic = topic;
    row.recordKey = key;
    row.payload = payload;
    row.persist();
    added.fire(new Added());
  }
}
