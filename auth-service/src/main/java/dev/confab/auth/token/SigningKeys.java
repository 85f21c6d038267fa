package dev.confab.auth.token;

import dev.confab.auth.AuthConfig;
import dev.confab.auth.token.KeyRing.Key;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The signing keys of all replicas, kept in the database and read anew every 30 seconds. The first
 * replica makes the first key; a key past its age gets a successor, which is published before it
 * signs; a key goes when every token it signed has expired.
 */
@ApplicationScoped
public class SigningKeys {
  private static final Logger LOG = Logger.getLogger(SigningKeys.class);

  /** Any number, the same in all replicas: only one of them makes keys at a time. */
  private static final long ADVISORY_LOCK = 0x636f6e6661626b65L;

  private final AuthConfig config;
  private final Clock clock = Clock.systemUTC();
  private volatile KeyRing ring;

  SigningKeys(AuthConfig config) {
    this.config = config;
  }

  void start(@Observes @Priority(10) StartupEvent event) {
    rotate();
  }

  /** Reads the keys and makes or removes what is due. */
  @Scheduled(
      every = "30s",
      delayed = "30s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void rotate() {
    var read = read();
    if (isDue(read, clock.instant())) {
      read = QuarkusTransaction.requiringNew().call(this::rotateLocked);
    }
    ring = read;
  }

  private KeyRing rotateLocked() {
    Panache.getEntityManager()
        .createNativeQuery("select cast(pg_advisory_xact_lock(:key) as text)")
        .setParameter("key", ADVISORY_LOCK)
        .getSingleResult();
    var now = clock.instant();
    var before = read();
    // Another replica may have done it while this one waited for the lock.
    if (before.needsSuccessor(now, config.keys().rotateAfter())) {
      make(now, before.keys().isEmpty() ? Duration.ZERO : config.keys().publishAhead());
    }
    for (var key : before.outlived(now, config.lifetimes().apiToken())) {
      SigningKey.deleteById(key.kid());
      LOG.infof("event=signing_key_removed kid=%s", key.kid());
    }
    return read();
  }

  private boolean isDue(KeyRing keys, Instant now) {
    return keys.needsSuccessor(now, config.keys().rotateAfter())
        || !keys.outlived(now, config.lifetimes().apiToken()).isEmpty();
  }

  private static void make(Instant now, Duration publishAhead) {
    var pair = newPair();
    var row = new SigningKey();
    row.kid = thumbprint(pair);
    row.privateKey = pair.getPrivate().getEncoded();
    row.publicKey = pair.getPublic().getEncoded();
    row.createdAt = now;
    row.signsFrom = now.plus(publishAhead);
    row.persistAndFlush();
    LOG.infof("event=signing_key_made kid=%s signs_from=%s", row.kid, row.signsFrom);
  }

  private static KeyPair newPair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String thumbprint(KeyPair pair) {
    try {
      return JsonWebKey.Factory.newJwk(pair.getPublic())
          .calculateBase64urlEncodedThumbprint("SHA-256");
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyRing read() {
    return QuarkusTransaction.joiningExisting()
        .call(
            () ->
                new KeyRing(
                    SigningKey.<SigningKey>listAll().stream().map(SigningKeys::usable).toList()));
  }

  private static Key usable(SigningKey row) {
    try {
      var factory = KeyFactory.getInstance("EC");
      return new Key(
          row.kid,
          factory.generatePrivate(new PKCS8EncodedKeySpec(row.privateKey)),
          (ECPublicKey) factory.generatePublic(new X509EncodedKeySpec(row.publicKey)),
          row.createdAt,
          row.signsFrom);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing key " + row.kid + " is not readable", e);
    }
  }

  Key signer() {
    return ring.signer(clock.instant());
  }

  Optional<Key> byKid(String kid) {
    return ring.byKid(kid);
  }

  /** All keys with which a token that still lives, or will, can be signed. */
  KeyRing published() {
    return ring;
  }
}
