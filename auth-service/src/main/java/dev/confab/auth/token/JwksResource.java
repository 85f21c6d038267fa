package dev.confab.auth.token;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.EllipticCurveJsonWebKey;

/** The public keys (RFC 7517); a key appears here before it signs. */
@Path("/.well-known/jwks.json")
public class JwksResource {
  private final SigningKeys keys;

  JwksResource(SigningKeys keys) {
    this.keys = keys;
  }

  /** All of them; may be cached for five minutes, half of what a new key is published ahead. */
  @GET
  @NonBlocking
  @Produces(MediaType.APPLICATION_JSON)
  public Response keys() {
    var set = keys.published().keys().stream().map(JwksResource::document).toList();
    return Response.ok(Map.of("keys", set)).header("Cache-Control", "public, max-age=300").build();
  }

  private static Map<String, Object> document(KeyRing.Key key) {
    var jwk = new EllipticCurveJsonWebKey(key.open());
    jwk.setKeyId(key.kid());
    jwk.setUse("sig");
    jwk.setAlgorithm("ES256");
    jwk.setKeyOps(List.of("verify"));
    return jwk.toParams(EllipticCurveJsonWebKey.OutputControlLevel.PUBLIC_ONLY);
  }
}
