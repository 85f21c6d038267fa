package dev.confab.auth.account;

import dev.confab.auth.audit.AuditLog;
import dev.confab.auth.credential.PasswordHasher;
import dev.confab.auth.credential.SignInLimit;
import dev.confab.auth.problem.ProblemException;
import dev.confab.contracts.ErrorCode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * The one door past a password. Hashing happens outside of transactions, so that a slow hash holds
 * no database connection.
 */
@ApplicationScoped
public class PasswordCheck {
  private final PasswordHasher hasher;
  private final SignInLimit limit;
  private final AuditLog audit;

  PasswordCheck(PasswordHasher hasher, SignInLimit limit, AuditLog audit) {
    this.hasher = hasher;
    this.limit = limit;
    this.audit = audit;
  }

  private record Known(AccountView account, String hash) {
    /** Redacted. */
    @Override
    public String toString() {
      return "Known[" + account + "]";
    }
  }

  /**
   * The account of that username or e-mail address and password. An unknown name and a wrong
   * password get the same answer after the same work.
   *
   * @throws ProblemException {@code AUTH_REQUIRED} if they do not fit, {@code RATE_LIMITED} after
   *     too many failures
   */
  public AccountView signIn(String login, String password) {
    var known = find(login);
    var subject = known.map(PasswordCheck::subject).orElse("name:" + AccountRules.fold(login));
    if (!guess(subject, known, password)) {
      throw ProblemException.of(
          ErrorCode.AUTH_REQUIRED, "There is no account with this name and password.");
    }
    var account = known.orElseThrow();
    if (hasher.isOutdated(account.hash())) {
      store(account.account().id(), hasher.hash(password));
    }
    return account.account();
  }

  /**
   * Replaces a password by another; {@code replacement} already by the rules.
   *
   * @throws ProblemException {@code INVALID_VALUE} naming {@code current_password} if it is wrong,
   *     {@code RATE_LIMITED} after too many failures
   */
  public void change(UUID accountId, String current, String replacement) {
    var known = byId(accountId);
    if (!guess(known.map(PasswordCheck::subject).orElse(""), known, current)) {
      throw ProblemException.invalid("current_password", "This is not your password.");
    }
    store(accountId, hasher.hash(replacement));
    audit.passwordChanged(accountId);
  }

  private boolean guess(String subject, Optional<Known> known, String password) {
    var id = known.map(account -> account.account().id()).orElse(null);
    try {
      limit.begin(subject);
      if (hasher.matches(password, known.map(Known::hash).orElse(null))) {
        limit.succeeded(subject);
        return true;
      }
      audit.signInFailed(id);
      limit.failed(subject);
      return false;
    } catch (ProblemException limited) {
      audit.signInLimited(id);
      throw limited;
    }
  }

  private static String subject(Known known) {
    return "account:" + known.account().id();
  }

  private static Optional<Known> find(String login) {
    return QuarkusTransaction.requiringNew()
        .call(() -> Account.byLogin(login).map(PasswordCheck::known));
  }

  private static Optional<Known> byId(UUID id) {
    return QuarkusTransaction.requiringNew()
        .call(() -> Account.<Account>findByIdOptional(id).map(PasswordCheck::known));
  }

  private static Known known(Account account) {
    return new Known(account.view(), account.passwordHash);
  }

  private static void store(UUID id, String hash) {
    QuarkusTransaction.requiringNew()
        .run(() -> Account.update("passwordHash = ?1 where id = ?2", hash, id));
  }
}
