package dev.confab.auth.session;

import dev.confab.auth.AuthConfig;
import dev.confab.auth.account.Accounts;
import dev.confab.auth.outbox.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Removes what nobody can use any more, a bounded number at a time. */
@ApplicationScoped
class Sweeper {
  private static final Logger LOG = Logger.getLogger(Sweeper.class);
  private static final int BATCH = 500;

  private final AuthConfig config;
  private final Accounts accounts;
  private final Outbox outbox;

  Sweeper(AuthConfig config, Accounts accounts, Outbox outbox) {
    this.config = config;
    this.accounts = accounts;
    this.outbox = outbox;
  }

  @Scheduled(
      every = "60s",
      delayed = "60s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void sweep() {
    var now = Instant.now();
    int revoked = QuarkusTransaction.requiringNew().call(() -> forgetRevoked(now));
    int expired = QuarkusTransaction.requiringNew().call(() -> removeExpired(now));
    int guests = accounts.removeGoneGuests(config.lifetimes().session(), BATCH);
    if (revoked + expired + guests > 0) {
      LOG.infof("event=swept revoked=%d expired=%d guests=%d", revoked, expired, guests);
    }
  }

  /** A revoked session whose tokens have all expired needs no mention on the topic any more. */
  private int forgetRevoked(Instant now) {
    int removed = 0;
    for (var session :
        Session.<Session>find("revokedAt is not null and trustedUntil < ?1", now)
            .page(0, BATCH)
            .list()) {
      // Another replica may sweep as well: only who removes the row speaks of it.
      if (Session.delete("id", session.id) == 1) {
        outbox.forget(session.id.toString());
        removed++;
      }
    }
    return removed;
  }

  private static int removeExpired(Instant now) {
    return Session.getEntityManager()
        .createNativeQuery(
            """
            delete from session where id in (
              select id from session where revoked_at is null and expires_at < :now
              limit :limit for update skip locked)""")
        .setParameter("now", now)
        .setParameter("limit", BATCH)
        .executeUpdate();
  }
}
