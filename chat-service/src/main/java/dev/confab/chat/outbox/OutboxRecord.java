package dev.confab.chat.outbox;

/** A Kafka record to be; its value is JSON. */
public record OutboxRecord(String topic, String key, byte[] value) {
  /** Never shows the value. */
  @Override
  public String toString() {
    return "OutboxRecord[" + topic + ' ' + key + ' ' + value.length + " bytes]";
  }
}
