package dev.confab.gateway.fanout;

/**
 * The connection that a signal came from, in an envelope. Connections are named by their gateways,
 * each for itself, so the gateway's name belongs to it.
 */
final class SignalSender {
  private static final char SEPARATOR = '/';

  private SignalSender() {}

  /** A connection of a gateway, for an envelope. */
  static String of(String gateway, String connectionId) {
    return gateway + SEPARATOR + connectionId;
  }

  /**
   * The connection that must not be told, as this gateway calls it.
   *
   * @param sender from an envelope, or null
   * @return null if it is nobody here
   */
  static String here(String gateway, String sender) {
    boolean isHere = sender != null && sender.startsWith(gateway + SEPARATOR);
    return isHere ? sender.substring(gateway.length() + 1) : null;
  }
}
