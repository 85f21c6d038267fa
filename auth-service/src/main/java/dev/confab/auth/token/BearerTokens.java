package dev.confab.auth.token;

import dev.confab.auth.problem.TokenExpiredException;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.security.Key;
import org.eclipse.microprofile.jwt.Claims;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Verifies bearer tokens against the keys in memory: this service does not ask itself for its JWKS.
 * Whether the session still lives is looked up later, where it is used.
 */
@ApplicationScoped
@Alternative
@Priority(1)
class BearerTokens extends JWTCallerPrincipalFactory {
  private static final int CLOCK_SKEW_SECONDS = 5;

  private final JwtConsumer consumer;

  BearerTokens(SigningKeys keys) {
    consumer =
        new JwtConsumerBuilder()
            .setExpectedIssuer(Tokens.ISSUER)
            .setRequireSubject()
            .setRequireExpirationTime()
            .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
            .setSkipDefaultAudienceValidation()
            .setJwsAlgorithmConstraints(
                new AlgorithmConstraints(
                    ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256))
            .setVerificationKeyResolver(
                (jws, nesting) -> verificationKey(keys, jws.getKeyIdHeaderValue()))
            .build();
  }

  private static Key verificationKey(SigningKeys keys, String kid) throws UnresolvableKeyException {
    return keys.byKid(kid)
        .map(KeyRing.Key::open)
        .orElseThrow(() -> new UnresolvableKeyException("unknown kid"));
  }

  @Override
  public JWTCallerPrincipal parse(String token, JWTAuthContextInfo info) throws ParseException {
    try {
      var claims = consumer.processToClaims(token);
      claims.setClaim(Claims.raw_token.name(), token);
      return new DefaultJWTCallerPrincipal(claims);
    } catch (InvalidJwtException e) {
      // The parser's message quotes the token: it must not reach a log.
      throw new ParseException(
          "token refused", e.hasErrorCode(ErrorCodes.EXPIRED) ? new TokenExpiredException() : null);
    }
  }
}
