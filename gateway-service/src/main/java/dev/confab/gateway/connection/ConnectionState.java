package dev.confab.gateway.connection;

import dev.confab.gateway.security.Identity;
import java.util.Optional;

/** Where a connection stands. Deadlines are in {@link System#nanoTime()}. */
sealed interface ConnectionState {
  /** A connection that speaks for somebody. */
  sealed interface Authenticated extends ConnectionState {
    Identity identity();

    /** A newer token of the same user. */
    default Open renewed(Identity newer) {
      if (!newer.userId().equals(identity().userId())) {
        throw new IllegalArgumentException("a connection stays with its user");
      }
      return new Open(newer);
    }
  }

  /** No token yet. */
  record AwaitingAuth(long deadline) implements ConnectionState {
    Open authenticated(Identity identity) {
      return new Open(identity);
    }
  }

  /** Authenticated. */
  record Open(Identity identity) implements Authenticated {
    Expiring expired(long deadline) {
      return new Expiring(identity, deadline);
    }
  }

  /** The token ran out; a new one is awaited. */
  record Expiring(Identity identity, long deadline) implements Authenticated {}

  /** The close frame was sent; {@code identity} is whom the connection spoke for. */
  record Closing(int code, Optional<Identity> identity) implements ConnectionState {}
}
