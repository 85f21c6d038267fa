package dev.confab.auth.account;

import com.fasterxml.uuid.Generators;
import dev.confab.auth.audit.AuditLog;
import dev.confab.auth.outbox.Outbox;
import dev.confab.auth.problem.ProblemException;
import dev.confab.contracts.auth.UserEvent.DefaultModelChosen;
import dev.confab.contracts.auth.UserEvent.PresenceChosen;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/** Makes, finds and changes accounts. */
@ApplicationScoped
public class Accounts {
  private final AuditLog audit;
  private final Outbox outbox;

  Accounts(AuditLog audit, Outbox outbox) {
    this.audit = audit;
    this.outbox = outbox;
  }

  /**
   * What an account is made of; all values already by the rules.
   *
   * @param passwordHash as {@code PasswordHasher} wrote it
   */
  public record NewAccount(
      String username, String email, String name, String passwordHash, List<Role> roles) {
    /** Redacted. */
    @Override
    public String toString() {
      return "NewAccount[" + username + "]";
    }
  }

  /**
   * Changes to one's own account; null changes nothing.
   *
   * @param defaultModel empty to go back to the installation's own
   */
  public record Changes(String name, String defaultModel, String presence) {}

  /**
   * Makes an account.
   *
   * @throws ProblemException {@code CONFLICT}, naming {@code username} or {@code email}, if taken
   */
  @Transactional
  public AccountView register(NewAccount wanted) {
    var account = blank(wanted.name(), wanted.roles());
    account.username = wanted.username();
    account.email = wanted.email();
    account.passwordHash = wanted.passwordHash();
    try {
      account.persistAndFlush();
    } catch (ConstraintViolationException e) {
      throw taken(e);
    }
    audit.accountMade(account.id, AuditLog.Origin.REGISTERED);
    return account.view();
  }

  /** Makes an account without name or password, good for as long as its session. */
  @Transactional
  public AccountView guest(String name) {
    var account = blank(name, List.of(Role.GUEST));
    account.persist();
    audit.accountMade(account.id, AuditLog.Origin.GUEST);
    return account.view();
  }

  static Account blank(String name, List<Role> roles) {
    var account = new Account();
    account.id = Generators.timeBasedEpochGenerator().generate();
    account.name = name;
    account.roles = roles.stream().map(Role::label).toArray(String[]::new);
    account.presence = "auto";
    account.createdAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return account;
  }

  private static ProblemException taken(ConstraintViolationException violation) {
    return "account_email_key".equals(violation.getConstraintName())
        ? ProblemException.conflict("email", "There is an account with this e-mail address.")
        : ProblemException.conflict("username", "This username is taken.");
  }

  /** The account of that id, if there is one. */
  @Transactional
  public Optional<AccountView> byId(UUID id) {
    return Account.<Account>findByIdOptional(id).map(Account::view);
  }

  /** The accounts that have one of these user names, whatever the case, or one of these ids. */
  @Transactional
  public List<AccountView> find(List<String> usernames, List<UUID> ids) {
    var folded = usernames.stream().map(AccountRules::fold).toList();
    return Account.<Account>list("username in ?1 or id in ?2", folded, ids).stream()
        .map(Account::view)
        .toList();
  }

  /** Changes one's own account; all values already by the rules. */
  @Transactional
  public Optional<AccountView> change(UUID id, Changes changes) {
    // Locked, so that what is announced comes in the order of what is stored.
    return Account.<Account>findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE)
        .map(
            account -> {
              if (changes.name() != null) {
                account.name = changes.name();
              }
              if (changes.defaultModel() != null) {
                chooseModel(account, changes.defaultModel());
              }
              if (changes.presence() != null) {
                choosePresence(account, changes.presence());
              }
              return account.view();
            });
  }

  private void choosePresence(Account account, String presence) {
    account.presence = presence;
    boolean offline = "offline".equals(presence);
    outbox.add(new PresenceChosen(account.id.toString(), offline, Instant.now()));
  }

  private void chooseModel(Account account, String model) {
    account.defaultModel = model.isEmpty() ? null : model;
    outbox.add(new DefaultModelChosen(account.id.toString(), account.defaultModel, Instant.now()));
  }

  /**
   * People whose username or name begins with {@code prefix}, guests left out, by username.
   *
   * @param after the username to go on after, empty for the first page
   */
  @Transactional
  public List<AccountView> search(String prefix, String after, int limit) {
    var pattern = AccountRules.fold(prefix).replaceAll("[\\\\%_]", "\\\\$0") + "%";
    return Account.<Account>find(
            "username is not null and (username like ?1 escape '\\' or lower(name) like ?1 escape '\\')"
                + " and username > ?2 order by username",
            pattern,
            after)
        .page(0, limit)
        .list()
        .stream()
        .map(Account::view)
        .toList();
  }

  /** Removes up to {@code limit} guests who have no session left; returns how many. */
  @Transactional
  public int removeGoneGuests(Duration olderThan, int limit) {
    return Account.getEntityManager()
        .createNativeQuery(
            """
            delete from account where id in (
              select a.id from account a
              where a.username is null and a.created_at < :before
                and not exists (select 1 from session s where s.account_id = a.id)
              limit :limit for update skip locked)""")
        .setParameter("before", Instant.now().minus(olderThan))
        .setParameter("limit", limit)
        .executeUpdate();
  }
}
