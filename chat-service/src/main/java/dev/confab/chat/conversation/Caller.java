package dev.confab.chat.conversation;

import dev.confab.contracts.chat.Actor;
import jakarta.enterprise.context.RequestScoped;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Whoever makes a REST request, as their token says. */
@RequestScoped
public class Caller {
  private final JsonWebToken token;

  Caller(JsonWebToken token) {
    this.token = token;
  }

  /** The user's id. */
  public String userId() {
    return token.getSubject();
  }

  /** The user as the actor of a command. */
  public Actor actor() {
    Set<String> roles = token.getGroups();
    String name = token.getClaim("name");
    return new Actor(token.getSubject(), name, roles == null ? Set.of() : roles);
  }
}
