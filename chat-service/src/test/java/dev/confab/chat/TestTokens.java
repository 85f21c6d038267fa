package dev.confab.chat;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Signs tokens with a key of the test's own, which the service under test trusts. */
public class TestTokens implements QuarkusTestResourceLifecycleManager {
  private static final String PRIVATE_KEY = "confab.test.private-key";

  @Override
  public Map<String, String> start() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      Path file = Files.createTempFile("test-key", ".pem");
      file.toFile().deleteOnExit();
      String body = Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded());
      Files.writeString(
          file, "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n");
      System.setProperty(
          PRIVATE_KEY, Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
      return Map.of("mp.jwt.verify.publickey.location", file.toUri().toString());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    System.clearProperty(PRIVATE_KEY);
  }

  static String user(UUID id, String name) {
    return token(id.toString(), name, "user", Duration.ofMinutes(15));
  }

  static String role(UUID id, String name, String role) {
    return token(id.toString(), name, role, Duration.ofMinutes(15));
  }

  static String visitor(String id, String name) {
    return token(id, name, "visitor", Duration.ofHours(24));
  }

  static String service() {
    return token("gateway", "gateway", "service", Duration.ofMinutes(15));
  }

  static String expired(UUID id) {
    return token(id.toString(), "Late", "user", Duration.ofMinutes(-5));
  }

  private static String token(String subject, String name, String group, Duration lifetime) {
    try {
      byte[] bytes = Base64.getDecoder().decode(System.getProperty(PRIVATE_KEY));
      PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes));
      long now = System.currentTimeMillis() / 1000;
      return Jwt.issuer("confab")
          .subject(subject)
          .groups(Set.of(group))
          .claim("name", name)
          .issuedAt(Math.min(now, now + lifetime.toSeconds() - 1))
          .expiresAt(now + lifetime.toSeconds())
          .jws()
          .algorithm(SignatureAlgorithm.ES256)
          .sign(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
