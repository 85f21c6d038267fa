package dev.confab.chat.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.ledger.Writes;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes, finds and changes sites. */
@ApplicationScoped
public class Sites {
  private static final String WORKED =
      "SELECT 1 FROM sites s WHERE s.id = ? AND s.retired_at IS NULL AND (?::boolean OR "
          + OperatorAccess.works("s.id", "?::text")
          + ")";

  /** Most sites of an installation. */
  static final int MAX_SITES = 1_000;

  private final Reads reads;
  private final Writes writes;
  private final SiteRules rules;

  Sites(Reads reads, Writes writes, SiteRules rules) {
    this.reads = reads;
    this.writes = writes;
    this.rules = rules;
  }

  /** The site of that id, if dialogs can be opened there. */
  public Optional<Site> find(UUID id) {
    return reads.plain(connection -> SiteRows.find(connection, id));
  }

  /** The oldest site whose dialogs this assistant ({@code default} too) answers. */
  Optional<Site> ofAssistant(String assistantId) {
    return reads.plain(connection -> SiteRows.ofAssistant(connection, assistantId));
  }

  /** All that an operator works, oldest first; all there are for an administrator. */
  List<SiteView> list(Actor actor) {
    boolean all = OperatorAccess.isAdmin(actor.roles());
    return reads.snapshot(
        connection -> {
          List<SiteView> seen = new ArrayList<>();
          for (Site site : SiteRows.all(connection, MAX_SITES)) {
            List<String> operators = SiteRows.operators(connection, site.id());
            if (all || operators.isEmpty() || operators.contains(actor.userId())) {
              seen.add(SiteView.of(site, operators));
            }
          }
          return seen;
        });
  }

  /**
   * A site that the actor works.
   *
   * @throws ProblemException {@code NOT_FOUND} if there is none of that id
   */
  public UUID worked(String id, Actor actor) {
    UUID site = Ids.parse(id).orElseThrow(Sites::noSuchSite);
    boolean admin = OperatorAccess.isAdmin(actor.roles());
    return reads
        .plain(c -> Reads.first(c, WORKED, rows -> site, site, admin, actor.userId()))
        .orElseThrow(Sites::noSuchSite);
  }

  SiteView create(Actor actor, JsonNode wanted) {
    Instant now = now();
    Site blank =
        new Site(
            Ids.next(), null, null, new Origins(List.of()), null, null, false, false, now, now);
    Site made = rules.patched(blank, wanted, actor.userId());
    if (made.name() == null) {
      throw ProblemException.invalid("name", "A site has a name.");
    }
    return writes.run(
        connection -> {
          if (SiteRows.all(connection, MAX_SITES).size() == MAX_SITES) {
            throw new ProblemException(
                ErrorCode.CONFLICT, "There can be " + MAX_SITES + " sites at most.");
          }
          SiteRows.put(connection, made);
          return SiteView.of(made, List.of());
        });
  }

  SiteView patch(UUID id, Actor actor, JsonNode patch) {
    return writes.run(
        connection -> {
          Site before = SiteRows.lock(connection, id).orElseThrow(Sites::noSuchSite);
          Site patched = rules.patched(before, patch, actor.userId());
          Site after =
              new Site(
                  patched.id(),
                  patched.name(),
                  patched.assistantId(),
                  patched.origins(),
                  patched.greeting(),
                  patched.officeHours(),
                  patched.tokenRequired(),
                  patched.autoAssign(),
                  patched.createdAt(),
                  now());
          SiteRows.put(connection, after);
          return SiteView.of(after, SiteRows.operators(connection, id));
        });
  }

  SiteView putOperators(UUID id, List<String> named) {
    List<String> users = SiteRules.operators(named);
    return writes.run(
        connection -> {
          Site site = SiteRows.lock(connection, id).orElseThrow(Sites::noSuchSite);
          SiteRows.putOperators(connection, id, users);
          return SiteView.of(site, SiteRows.operators(connection, id));
        });
  }

  /** No dialog is opened there any more; those there are go on. */
  void retire(UUID id) {
    writes.run(
        connection -> {
          SiteRows.lock(connection, id).orElseThrow(Sites::noSuchSite);
          SiteRows.retire(connection, id);
          return null;
        });
  }

  static ProblemException noSuchSite() {
    return ProblemException.notFound("site");
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
