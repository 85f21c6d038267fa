package dev.confab.auth.token;

import dev.confab.auth.AuthConfig;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Signs tokens with the key of the day. */
@ApplicationScoped
public class Tokens {
  /** The {@code iss} claim of every token. */
  public static final String ISSUER = "confab";

  private final SigningKeys keys;
  private final Duration accessLife;
  private final Duration visitorLife;

  Tokens(SigningKeys keys, AuthConfig config) {
    this.keys = keys;
    this.accessLife = config.lifetimes().accessToken();
    this.visitorLife = config.lifetimes().visitorToken();
  }

  /** Whom a token speaks for. */
  public record Subject(UUID userId, String name, Set<String> groups) {}

  /**
   * A signed token.
   *
   * @param value for the {@code Authorization} header
   * @param expiresAt its {@code exp}
   */
  public record SignedToken(String value, Instant expiresAt) {
    /** Redacted. */
    @Override
    public String toString() {
      return "SignedToken[expiresAt=" + expiresAt + "]";
    }
  }

  /** Life of access and service tokens. */
  public Duration accessLife() {
    return accessLife;
  }

  /** A token for one session, good for {@code life} from {@code now}. */
  public SignedToken ofSession(UUID sessionId, Subject subject, Instant now, Duration life) {
    return sign(claims(sessionId, subject), now, life);
  }

  private static JwtClaimsBuilder claims(UUID sessionId, Subject subject) {
    return Jwt.subject(subject.userId().toString())
        .groups(subject.groups())
        .claim("sid", sessionId.toString())
        .claim("name", subject.name());
  }

  /** An API token: its session ends with it, which those who outlive access tokens must know. */
  public SignedToken ofApiSession(UUID sessionId, Subject subject, Instant now, Duration life) {
    var claims = claims(sessionId, subject).claim("session_exp", now.plus(life).getEpochSecond());
    return sign(claims, now, life);
  }

  /** A token for a service, by its client id. */
  public SignedToken ofService(String clientId, Instant now) {
    var claims = Jwt.subject(clientId).groups("service").claim("name", clientId);
    return sign(claims, now, accessLife);
  }

  /**
   * A token for a visitor, good for one conversation. It has a session of its own that nobody
   * keeps: nothing can revoke it before it expires.
   */
  public SignedToken ofVisitor(UUID userId, String name, UUID conversationId, Instant now) {
    var subject = new Subject(userId, name, Set.of("visitor"));
    var claims =
        claims(UUID.randomUUID(), subject)
            .claim("conversation_id", conversationId.toString())
            .claim("session_exp", now.plus(visitorLife).getEpochSecond());
    return sign(claims, now, visitorLife);
  }

  /** Life of visitors' tokens. */
  public Duration visitorLife() {
    return visitorLife;
  }

  private SignedToken sign(JwtClaimsBuilder claims, Instant now, Duration life) {
    var key = keys.signer();
    var expiresAt = now.plus(life);
    var value =
        claims
            .issuer(ISSUER)
            .issuedAt(now)
            .expiresAt(expiresAt)
            .jws()
            .keyId(key.kid())
            .algorithm(SignatureAlgorithm.ES256)
            .sign(key.secret());
    return new SignedToken(value, expiresAt);
  }
}
