package dev.confab.auth.token;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * A key pair as it is stored.
 *
 * <p>The private key is kept as it is, not encrypted: the table is readable only by the database
 * user of this service, in a database of its own, and a key to encrypt it with would have to lie in
 * the environment of the same process. Whoever backs this database up holds the keys.
 */
@Entity
@Table(name = "signing_key")
public class SigningKey extends PanacheEntityBase {
  /** RFC 7638 thumbprint of the public key. */
  @Id String kid;

  /** PKCS #8. */
  @Column(name = "private_key")
  byte[] privateKey;

  /** X.509 SubjectPublicKeyInfo. */
  @Column(name = "public_key")
  byte[] publicKey;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "signs_from")
  Instant signsFrom;
}
