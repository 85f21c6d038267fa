package dev.confab.gateway.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.Key;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Verifies access tokens off the event loop; what was verified once is remembered until it ends.
 */
@ApplicationScoped
public class TokenVerifier {
  private static final int MAX_TOKEN_CHARS = 8192;
  private static final TokenVerdict INVALID = new TokenVerdict.Invalid();
  private static final TokenVerdict EXPIRED = new TokenVerdict.Expired();
  private static final TokenVerdict REVOKED = new TokenVerdict.Revoked();
  private static final TokenVerdict UNVERIFIABLE = new TokenVerdict.Unverifiable();

  private final SigningKeys keys;
  private final Revocations revocations;
  private final JwtConsumer consumer;
  private final Cache<String, Identity> verified;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  TokenVerifier(SecurityConfig config, SigningKeys keys, Revocations revocations) {
    this.keys = keys;
    this.revocations = revocations;
    this.verified = Caffeine.newBuilder().maximumSize(config.verifiedTokens()).build();
    this.consumer =
        new JwtConsumerBuilder()
            .setJwsAlgorithmConstraints(
                new AlgorithmConstraints(
                    ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256))
            .setVerificationKeyResolver(this::keyOf)
            .setExpectedIssuer(config.issuer())
            .setRequireExpirationTime()
            .setRequireSubject()
            .setSkipDefaultAudienceValidation()
            .build();
  }

  void start(@Observes StartupEvent event) {
    threads.submit(
        () -> {
          keys.keepFresh();
          return null;
        });
  }

  void stop(@Observes ShutdownEvent event) {
    threads.shutdownNow();
  }

  /** Says what to think of a token; completes at once when it was verified before. */
  public CompletionStage<TokenVerdict> verify(String token) {
    if (token == null || token.isEmpty() || token.length() > MAX_TOKEN_CHARS) {
      return CompletableFuture.completedStage(INVALID);
    }
    Identity known = verified.getIfPresent(token);
    if (known != null) {
      return CompletableFuture.completedStage(judge(token, known));
    }
    return CompletableFuture.supplyAsync(() -> check(token), threads);
  }

  private TokenVerdict judge(String token, Identity identity) {
    if (!identity.expiresAt().isAfter(Instant.now())) {
      verified.invalidate(token);
      return EXPIRED;
    }
    return revocations.isRevoked(identity.sessionId()) ? REVOKED : new TokenVerdict.Valid(identity);
  }

  private TokenVerdict check(String token) {
    try {
      Identity identity = identityOf(consumer.processToClaims(token));
      verified.put(token, identity);
      return judge(token, identity);
    } catch (InvalidJwtException e) {
      return verdictOf(e);
    } catch (MalformedClaimException | IllegalArgumentException e) {
      return INVALID;
    }
  }

  private TokenVerdict verdictOf(InvalidJwtException failure) {
    if (failure.hasExpired()) {
      return EXPIRED;
    }
    boolean keyMissing = failure.getCause() instanceof UnresolvableKeyException;
    return keyMissing && keys.stale() ? UNVERIFIABLE : INVALID;
  }

  private static Identity identityOf(JwtClaims claims) throws MalformedClaimException {
    String sessionId = claims.getStringClaimValue("sid");
    if (sessionId == null || sessionId.isEmpty()) {
      // Service tokens have no session; they are not for clients.
      throw new MalformedClaimException("no session id");
    }
    String name = claims.getStringClaimValue("name");
    List<String> groups = claims.getStringListClaimValue("groups");
    String conversationId = claims.getStringClaimValue("conversation_id");
    if (groups != null && groups.contains(Identity.VISITOR) && conversationId == null) {
      throw new MalformedClaimException("a visitor without a conversation");
    }
    return new Identity(
        claims.getSubject(),
        name == null ? claims.getSubject() : name,
        groups == null ? Set.of() : Set.copyOf(groups),
        sessionId,
        Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis()),
        claims.hasClaim("session_exp")
            ? Instant.ofEpochSecond(claims.getClaimValue("session_exp", Number.class).longValue())
            : null,
        conversationId);
  }

  private Key keyOf(JsonWebSignature signature, List<JsonWebStructure> nested)
      throws UnresolvableKeyException {
    String keyId = signature.getKeyIdHeaderValue();
    Key key = keyId == null ? null : keys.find(keyId);
    if (key == null) {
      throw new UnresolvableKeyException("no key of that id");
    }
    return key;
  }
}
