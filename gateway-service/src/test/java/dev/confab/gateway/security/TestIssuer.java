package dev.confab.gateway.security;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Signs tokens as auth-service does, with a key of the tests. */
public final class TestIssuer {
  private static final TestIssuer KNOWN = new TestIssuer("test-key");

  private final EllipticCurveJsonWebKey key;

  private TestIssuer(String keyId) {
    try {
      key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setKeyId(keyId);
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The one whose keys the services are told of. */
  public static TestIssuer known() {
    return KNOWN;
  }

  /** One that nobody knows, although its key has the same id. */
  public static TestIssuer impostor() {
    return new TestIssuer("test-key");
  }

  /** The public keys. */
  public String keySet() {
    return new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY);
  }

  /** A token of a fresh session that is good for a while. */
  public String token(String userId) {
    return token(userId, UUID.randomUUID().toString(), 600);
  }

  /** A token of that session which ends in so many seconds. */
  public String token(String userId, String sessionId, float expiresInSeconds) {
    NumericDate expiry = NumericDate.now();
    expiry.addSeconds(Math.round(expiresInSeconds));
    return sign("confab", userId, sessionId, expiry);
  }

  /** A token of another issuer. */
  public String foreign(String userId) {
    NumericDate expiry = NumericDate.now();
    expiry.addSeconds(600);
    return sign("somebody", userId, "session", expiry);
  }

  /** A token of somebody with that role. */
  public String tokenOf(String role, String userId) {
    return sign(Map.of("groups", List.of(role)), "confab", userId, "session", soon());
  }

  /** A visitor's token. */
  public String visitorToken(String userId, String conversationId) {
    Map<String, Object> claims =
        Map.of("groups", List.of("visitor"), "conversation_id", conversationId);
    return sign(claims, "confab", userId, UUID.randomUUID().toString(), soon());
  }

  private static NumericDate soon() {
    NumericDate expiry = NumericDate.now();
    expiry.addSeconds(600);
    return expiry;
  }

  private String sign(String issuer, String userId, String sessionId, NumericDate expiry) {
    return sign(Map.of("groups", List.of("user")), issuer, userId, sessionId, expiry);
  }

  private String sign(
      Map<String, Object> more,
      String issuer,
      String userId,
      String sessionId,
      NumericDate expiry) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setSubject(userId);
    claims.setIssuedAtToNow();
    claims.setExpirationTime(expiry);
    claims.setClaim("name", "Name of " + userId);
    more.forEach(claims::setClaim);
    if (sessionId != null) {
      claims.setClaim("sid", sessionId);
    }
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
