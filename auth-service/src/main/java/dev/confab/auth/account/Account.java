package dev.confab.auth.account;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The stored account. */
@Entity
@Table(name = "account")
public class Account extends PanacheEntityBase {
  @Id UUID id;

  /** Lower case; null for guests. */
  String username;

  /** Lower case; null for guests. */
  String email;

  String name;

  /** Null for guests, who cannot sign in. */
  @Column(name = "password_hash")
  String passwordHash;

  /** Labels of {@link Role}. */
  String[] roles;

  @Column(name = "default_model")
  String defaultModel;

  String presence;

  @Column(name = "created_at")
  Instant createdAt;

  /** By username or, where there is an @ in it, e-mail address; case does not matter. */
  static Optional<Account> byLogin(String login) {
    var column = login.indexOf('@') < 0 ? "username" : "email";
    return find(column, AccountRules.fold(login)).firstResultOptional();
  }

  AccountView view() {
    return new AccountView(
        id, username, email, name, List.of(roles), defaultModel, presence, createdAt);
  }
}
