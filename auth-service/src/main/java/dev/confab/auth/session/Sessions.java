package dev.confab.auth.session;

import dev.confab.auth.AuthConfig;
import dev.confab.auth.account.AccountView;
import dev.confab.auth.account.Accounts;
import dev.confab.auth.audit.AuditLog;
import dev.confab.auth.audit.AuditLog.Reason;
import dev.confab.auth.outbox.Outbox;
import dev.confab.auth.problem.ProblemException;
import dev.confab.auth.session.Session.Kind;
import dev.confab.auth.token.Tokens;
import dev.confab.auth.token.Tokens.SignedToken;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.auth.SessionEvent.SessionRevoked;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Opens, renews and ends sessions. */
@ApplicationScoped
public class Sessions {
  private static final int LABEL_MAX = 200;

  private final AuthConfig.Lifetimes lifetimes;
  private final Accounts accounts;
  private final Tokens tokens;
  private final Outbox outbox;
  private final AuditLog audit;

  Sessions(AuthConfig config, Accounts accounts, Tokens tokens, Outbox outbox, AuditLog audit) {
    this.lifetimes = config.lifetimes();
    this.accounts = accounts;
    this.tokens = tokens;
    this.outbox = outbox;
    this.audit = audit;
  }

  /** What became of a refresh. */
  sealed interface Refresh {
    /** The token was good; here are the next ones. */
    record Renewed(SignedIn tokens) implements Refresh {}

    /** The token is unknown, or its session has ended. */
    record Refused() implements Refresh {}

    /** The token was used before; the session has ended now. */
    record Reused() implements Refresh {}
  }

  /** A new API token; its value is shown this once. */
  record MadeToken(UUID id, Instant createdAt, SignedToken token) {}

  /** Signs an account in. */
  @Transactional
  SignedIn open(AccountView account, String userAgent) {
    var now = now();
    makeRoom(account.id(), now);
    var session = Session.blank(account.id(), Kind.SIGN_IN, shortened(userAgent), now);
    var refresh = RefreshToken.first();
    session.familyHash = refresh.familyHash();
    var signedIn = renew(session, refresh, account, now);
    session.persist();
    audit.signedIn(account.id(), session.id);
    return signedIn;
  }

  /** Takes a refresh token for the next pair of tokens. */
  @Transactional
  Refresh refresh(String sent) {
    var presented = RefreshToken.parse(sent);
    var found = presented.flatMap(token -> Session.byFamily(token.familyHash()));
    var now = now();
    if (found.isEmpty() || !found.get().isLive(now)) {
      return new Refresh.Refused();
    }
    var session = found.get();
    if (!presented.get().hasSecret(session.refreshHash)) {
      end(session, Reason.REFRESH_REUSED, now);
      return new Refresh.Reused();
    }
    var account = accounts.byId(session.accountId).orElseThrow();
    return new Refresh.Renewed(renew(session, presented.get().next(), account, now));
  }

  /** Makes an API token that lives for {@code life}. */
  @Transactional
  MadeToken openApiToken(AccountView account, String name, Duration life) {
    var now = now();
    if (Session.live(account.id(), Kind.API_TOKEN, now).size() >= lifetimes.apiTokensPerAccount()) {
      throw ProblemException.of(
          ErrorCode.CONFLICT,
          "An account has at most %d API tokens.".formatted(lifetimes.apiTokensPerAccount()));
    }
    var session = Session.blank(account.id(), Kind.API_TOKEN, name, now);
    var token = tokens.ofApiSession(session.id, subject(account), now, life);
    session.expiresAt = token.expiresAt();
    session.trustedUntil = token.expiresAt();
    session.persist();
    audit.apiTokenMade(account.id(), session.id);
    return new MadeToken(session.id, now, token);
  }

  @Transactional
  Optional<Kind> kindOfLive(UUID sessionId) {
    return Session.live(sessionId, Instant.now()).map(session -> session.kind);
  }

  @Transactional
  List<Session> live(UUID accountId, Kind kind) {
    return Session.live(accountId, kind, Instant.now());
  }

  /**
   * Ends one of an account's own sessions.
   *
   * @throws ProblemException {@code NOT_FOUND} if it is not theirs, or has ended
   */
  @Transactional
  void end(UUID accountId, Kind kind, UUID sessionId, Reason reason) {
    var now = now();
    var session =
        Session.own(accountId, kind, sessionId, now)
            .orElseThrow(
                () -> ProblemException.of(ErrorCode.NOT_FOUND, "There is no such session."));
    end(session, reason, now);
  }

  /** Ends all sign-ins of an account but one; API tokens stay. */
  @Transactional
  void endOthers(UUID accountId, UUID kept, Reason reason) {
    var now = now();
    Session.live(accountId, Kind.SIGN_IN, now).stream()
        .filter(session -> !session.id.equals(kept))
        .forEach(session -> end(session, reason, now));
  }

  private void end(Session session, Reason reason, Instant now) {
    session.revokedAt = now;
    outbox.add(
        new SessionRevoked(
            session.id.toString(), session.accountId.toString(), session.trustedUntil));
    audit.sessionRevoked(session.accountId, session.id, reason);
  }

  private void makeRoom(UUID accountId, Instant now) {
    Session.live(accountId, Kind.SIGN_IN, now).stream()
        .skip(lifetimes.sessionsPerAccount() - 1L)
        .forEach(session -> end(session, Reason.TOO_MANY, now));
  }

  private SignedIn renew(Session session, RefreshToken refresh, AccountView account, Instant now) {
    var access = tokens.ofSession(session.id, subject(account), now, tokens.accessLife());
    session.refreshHash = refresh.secretHash();
    session.lastUsedAt = now;
    session.expiresAt = now.plus(lifetimes.session());
    session.trustedUntil = access.expiresAt();
    return new SignedIn(
        access.value(), refresh.written(), "Bearer", tokens.accessLife().toSeconds(), account);
  }

  /** As exact as clients are told, so that an answer and the stored value agree. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private static Tokens.Subject subject(AccountView account) {
    return new Tokens.Subject(account.id(), account.name(), Set.copyOf(account.roles()));
  }

  private static String shortened(String label) {
    return label == null || label.length() <= LABEL_MAX ? label : label.substring(0, LABEL_MAX);
  }
}
