package dev.confab.auth.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An account as its owner sees it.
 *
 * @param username null for guests
 * @param email null for guests
 * @param roles labels of {@link Role}
 * @param defaultModel model for new conversations, null for the installation's own
 * @param presence {@code auto}, or {@code offline} to count as offline for stand-ins
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountView(
    UUID id,
    String username,
    String email,
    String name,
    List<String> roles,
    String defaultModel,
    String presence,
    Instant createdAt) {
  /** Redacted: who it is, by id alone. */
  @Override
  public String toString() {
    return "AccountView[" + id + "]";
  }
}
