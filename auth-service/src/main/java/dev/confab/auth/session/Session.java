package dev.confab.auth.session;

import com.fasterxml.uuid.Generators;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The stored session. */
@Entity
@Table(name = "session")
public class Session extends PanacheEntityBase {
  private static final String LIVE = "revokedAt is null and expiresAt > ?1";

  /** What a session came from. */
  enum Kind {
    /** Somebody signed in; it is renewed by its refresh token. */
    SIGN_IN,
    /** One token for long; nothing renews it. */
    API_TOKEN
  }

  @Id UUID id;

  @Column(name = "account_id")
  UUID accountId;

  @Enumerated(EnumType.STRING)
  Kind kind;

  /** The user agent, or the name of the API token. */
  String label;

  @Column(name = "family_hash")
  byte[] familyHash;

  @Column(name = "refresh_hash")
  byte[] refreshHash;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "last_used_at")
  Instant lastUsedAt;

  @Column(name = "expires_at")
  Instant expiresAt;

  /** When the last token handed out expires by itself. */
  @Column(name = "trusted_until")
  Instant trustedUntil;

  @Column(name = "revoked_at")
  Instant revokedAt;

  static Session blank(UUID accountId, Kind kind, String label, Instant now) {
    var session = new Session();
    session.id = Generators.timeBasedEpochGenerator().generate();
    session.accountId = accountId;
    session.kind = kind;
    session.label = label;
    session.createdAt = now;
    session.lastUsedAt = now;
    return session;
  }

  boolean isLive(Instant now) {
    return revokedAt == null && expiresAt.isAfter(now);
  }

  static Optional<Session> live(UUID id, Instant now) {
    return find(LIVE + " and id = ?2", now, id).firstResultOptional();
  }

  /** Live ones of an account, newest first. */
  static List<Session> live(UUID accountId, Kind kind, Instant now) {
    return list(LIVE + " and accountId = ?2 and kind = ?3 order by id desc", now, accountId, kind);
  }

  /** Locked until the transaction ends: a refresh token is used once. */
  static Optional<Session> byFamily(byte[] familyHash) {
    return find("familyHash", familyHash)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional();
  }

  /** One that is live and theirs, locked. */
  static Optional<Session> own(UUID accountId, Kind kind, UUID id, Instant now) {
    return find(LIVE + " and accountId = ?2 and kind = ?3 and id = ?4", now, accountId, kind, id)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional();
  }
}
