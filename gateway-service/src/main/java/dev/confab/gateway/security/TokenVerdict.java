package dev.confab.gateway.security;

/** What a look at a token showed. */
public sealed interface TokenVerdict {
  /** Genuine, in time, its session alive. */
  record Valid(Identity identity) implements TokenVerdict {}

  /** Genuine once, but past its {@code exp}. */
  record Expired() implements TokenVerdict {}

  /** Not a token of ours. */
  record Invalid() implements TokenVerdict {}

  /** Its session was ended. */
  record Revoked() implements TokenVerdict {}

  /** Its key is unknown here and auth-service cannot be asked now. */
  record Unverifiable() implements TokenVerdict {}
}
