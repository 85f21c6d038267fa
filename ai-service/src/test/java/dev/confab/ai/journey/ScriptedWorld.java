package dev.confab.ai.journey;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** Scripted providers and a signing key; Kafka and Redis are the environment's. */
public final class ScriptedWorld implements QuarkusTestResourceLifecycleManager {
  static ScriptedLlm llm;
  private static PrivateKey key;

  @Override
  public Map<String, String> start() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      key = pair.getPrivate();
      PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
      jwk.setKeyId("test");
      llm =
          new ScriptedLlm(new JsonWebKeySet(jwk).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
    } catch (GeneralSecurityException | JoseException e) {
      throw new IllegalStateException(e);
    }
    return Map.ofEntries(
        Map.entry("quarkus.http.test-port", "0"),
        Map.entry("mp.jwt.verify.publickey.location", llm.url() + "/.well-known/jwks.json"),
        Map.entry("confab.ai.providers.confab.base-url", llm.url() + "/one/v1"),
        Map.entry("confab.ai.providers.confab.model", "main"),
        Map.entry("confab.ai.providers.confab.continuation", "PREFIX"),
        Map.entry("confab.ai.providers.llm-server.base-url", llm.url() + "/two/v1"),
        Map.entry("confab.ai.providers.llm-server.model", "backup"),
        Map.entry("confab.ai.replies.first-token-timeout", "10s"),
        Map.entry("confab.ai.replies.stall-timeout", "8s"),
        Map.entry("confab.ai.replies.total-timeout", "60s"),
        Map.entry("confab.ai.model-aliases", "old=main"),
        Map.entry("confab.ai.tools.timeout", "2s"),
        Map.entry("confab.ai.tools.mcp.docs.url", llm.url() + "/mcp"),
        Map.entry("confab.ai.chat-service.urls", llm.url()),
        Map.entry("confab.ai.chat-service.auth-url", llm.url()),
        Map.entry("confab.ai.chat-service.client-secret", "secret"),
        Map.entry("confab.ai.upstream.cooldown", "1ms"));
  }

  static String token(String group) {
    return Jwt.issuer("confab")
        .subject("11111111-1111-1111-1111-111111111111")
        .groups(Set.of(group))
        .jws()
        .keyId("test")
        .algorithm(io.smallrye.jwt.algorithm.SignatureAlgorithm.ES256)
        .sign(key);
  }

  @Override
  public void stop() {
    llm.close();
  }
}
