package dev.confab.gateway.dialect;

/** Reads the frames of one protocol. Stateless and thread-safe. */
public interface Decoder {
  /**
   * What a client's text means.
   *
   * @param conversationId the conversation that the connection is about; null where frames name it
   */
  Decoded decode(String text, String conversationId);
}
