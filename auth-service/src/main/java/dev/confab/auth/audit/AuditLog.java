package dev.confab.auth.audit;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Writes the audit lines and counts them ({@code confab_auth_events_total{event,reason}}). */
@ApplicationScoped
public class AuditLog {
  private static final Logger LOG = Logger.getLogger("audit");

  private final MeterRegistry meters;

  AuditLog(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Why a session was revoked. */
  public enum Reason {
    /** Its owner signed out. */
    LOGOUT,
    /** Its owner ended it from another session. */
    ENDED_BY_OWNER,
    /** A refresh token came a second time: it, or its successor, is in wrong hands. */
    REFRESH_REUSED,
    /** The password changed. */
    PASSWORD_CHANGED,
    /** The account had too many. */
    TOO_MANY
  }

  /** How an account came to be. */
  public enum Origin {
    /** Its owner registered. */
    REGISTERED,
    /** A guest came in. */
    GUEST,
    /** The accounts file named it. */
    FILE
  }

  /** An account was made. */
  public void accountMade(UUID account, Origin origin) {
    LOG.infof("event=account_made user=%s origin=%s", account, label(origin));
    count("account_made", label(origin));
  }

  /** A session was opened. */
  public void signedIn(UUID account, UUID session) {
    LOG.infof("event=signed_in user=%s session=%s", account, session);
    count("signed_in", "");
  }

  /** A sign-in failed; {@code account} is null where there is none of that name. */
  public void signInFailed(UUID account) {
    LOG.infof("event=sign_in_failed user=%s", account);
    count("sign_in_failed", "credentials");
  }

  /** A sign-in was not even tried, because of too many failures. */
  public void signInLimited(UUID account) {
    LOG.warnf("event=sign_in_limited user=%s", account);
    count("sign_in_failed", "limit");
  }

  /** A session ended before its time. */
  public void sessionRevoked(UUID account, UUID session, Reason reason) {
    LOG.infof(
        "event=session_revoked user=%s session=%s reason=%s", account, session, label(reason));
    count("session_revoked", label(reason));
  }

  /** A password was changed. */
  public void passwordChanged(UUID account) {
    LOG.infof("event=password_changed user=%s", account);
    count("password_changed", "");
  }

  /** An API token was made. */
  public void apiTokenMade(UUID account, UUID session) {
    LOG.infof("event=api_token_made user=%s session=%s", account, session);
    count("api_token_made", "");
  }

  /** A service came for a token; {@code client} is null where the credentials were wrong. */
  public void serviceToken(String client) {
    LOG.debugf("event=service_token client=%s", client);
    count("service_token", client == null ? "refused" : "issued");
  }

  /** A visitor got a token for a support conversation. */
  public void visitorToken(UUID visitor, UUID conversation) {
    LOG.debugf("event=visitor_token visitor=%s conversation=%s", visitor, conversation);
    count("visitor_token", "");
  }

  private void count(String event, String reason) {
    meters.counter("confab.auth.events", "event", event, "reason", reason).increment();
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
