package dev.confab.gateway.fanout;

/** Says in the words of another protocol what v1 frames say. Stateless and thread-safe. */
public interface Translator {
  /** What a v1 frame becomes; called once for all sockets that speak the protocol. */
  Translated translate(Frame frame);
}
