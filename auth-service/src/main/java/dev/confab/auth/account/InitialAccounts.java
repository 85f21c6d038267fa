package dev.confab.auth.account;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.auth.AuthConfig;
import dev.confab.auth.audit.AuditLog;
import dev.confab.auth.credential.PasswordHasher;
import dev.confab.auth.credential.PasswordRule;
import dev.confab.auth.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the accounts of the accounts file at start, those that are absent; what is there is left
 * alone, its password too. Several replicas may do so at one time.
 */
@ApplicationScoped
class InitialAccounts {
  private static final TypeReference<List<Entry>> ENTRIES = new TypeReference<>() {};

  private final AuthConfig config;
  private final ObjectMapper json;
  private final PasswordHasher hasher;
  private final AuditLog audit;

  InitialAccounts(AuthConfig config, ObjectMapper json, PasswordHasher hasher, AuditLog audit) {
    this.config = config;
    this.json = json;
    this.hasher = hasher;
    this.audit = audit;
  }

  /** One account of the file; {@code name} and {@code roles} may be absent. */
  record Entry(String username, String email, String name, String password, List<String> roles) {
    /** Redacted. */
    @Override
    public String toString() {
      return "Entry[" + username + "]";
    }
  }

  void start(@Observes @Priority(20) StartupEvent event) {
    config.accountsFile().map(Path::of).ifPresent(this::make);
  }

  private void make(Path file) {
    try {
      json.readValue(Files.readAllBytes(file), ENTRIES).forEach(this::makeIfAbsent);
    } catch (IOException e) {
      throw new UncheckedIOException("accounts file " + file + " is not readable", e);
    }
  }

  private void makeIfAbsent(Entry entry) {
    try {
      var username = AccountRules.username(entry.username());
      if (!exists(username)) {
        insert(username, entry);
      }
    } catch (ProblemException e) {
      throw new IllegalStateException("accounts file, " + entry + ": " + e.getMessage(), e);
    }
  }

  private static boolean exists(String username) {
    return QuarkusTransaction.requiringNew().call(() -> Account.count("username", username) > 0);
  }

  private void insert(String username, Entry entry) {
    var email = AccountRules.email(entry.email());
    var name = AccountRules.name(entry.name() == null ? entry.username() : entry.name());
    var hash = hasher.hash(PasswordRule.check("password", entry.password()));
    var account = Accounts.blank(name, roles(entry));
    int made =
        QuarkusTransaction.requiringNew()
            .call(
                () ->
                    Account.getEntityManager()
                        .createNativeQuery(
                            """
                            insert into account
                              (id, username, email, name, password_hash, roles, presence, created_at)
                            values (:id, :username, :email, :name, :hash,
                              string_to_array(:roles, ','), 'auto', :created)
                            on conflict do nothing""")
                        .setParameter("id", account.id)
                        .setParameter("username", username)
                        .setParameter("email", email)
                        .setParameter("name", name)
                        .setParameter("hash", hash)
                        .setParameter("roles", String.join(",", account.roles))
                        .setParameter("created", account.createdAt)
                        .executeUpdate());
    if (made == 1) {
      audit.accountMade(account.id, AuditLog.Origin.FILE);
    }
  }

  /** Everybody with an account is a user, whatever else they are. */
  private static List<Role> roles(Entry entry) {
    List<Role> roles = new ArrayList<>(List.of(Role.USER));
    for (var label : entry.roles() == null ? List.<String>of() : entry.roles()) {
      var role =
          Role.ofLabel(label)
              .filter(known -> known != Role.GUEST)
              .orElseThrow(
                  () -> ProblemException.invalid("roles", "A role is user, operator or admin."));
      if (!roles.contains(role)) {
        roles.add(role);
      }
    }
    return roles;
  }
}
