package dev.confab.contracts.presence;

/**
 * A user came online or went offline, over all their devices; a signal that may be lost.
 *
 * @param status {@link #ONLINE} or {@link #OFFLINE}
 * @param atMs when they came, or were last there, in milliseconds of Redis's clock
 */
public record PresenceChanged(String userId, String status, long atMs) {
  /** Connected with at least one device. */
  public static final String ONLINE = "online";

  /** On no device, or wanting to count as such. */
  public static final String OFFLINE = "offline";

  /** Whether the user is there from now on. */
  public boolean isOnline() {
    return ONLINE.equals(status);
  }
}
