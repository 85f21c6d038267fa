package dev.confab.chat.support;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.presence.Presence;
import dev.confab.chat.schema.Rounds;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Whether somebody of a site can answer now, as it was seconds ago: looked up beside the path, so
 * that whoever holds a conversation's lock waits for nothing.
 */
@ApplicationScoped
public class Staffing {
  private static final String SITES =
      "SELECT s.id, s.office_hours::text AS office_hours, array(SELECT n.user_id"
          + " FROM site_operators n WHERE n.site_id = s.id) AS operators FROM sites s";
  // Without a socket of their own, operators count as there while they ask for something.
  private static final String KNOWN =
      "SELECT o.user_id, o.seen_at > clock_timestamp() - ? * interval '1 millisecond' AS active"
          + " FROM operators o WHERE o.seen_at > clock_timestamp() - interval '1 day'";

  private record Site(OfficeHours hours, Set<String> operators) {}

  private record Snapshot(Map<UUID, Site> sites, Set<String> known, Set<String> online) {}

  private final ChatConfig.Support config;
  private final Reads reads;
  private final Presence presence;
  private final Rounds rounds;
  private volatile Snapshot snapshot = new Snapshot(Map.of(), Set.of(), Set.of());

  Staffing(ChatConfig config, Reads reads, Presence presence, Rounds rounds) {
    this.config = config.support();
    this.reads = reads;
    this.presence = presence;
    this.rounds = rounds;
  }

  void start(@Observes StartupEvent ignored) {
    rounds.every("staffing", config.staffLookEvery(), this::look);
  }

  private void look() {
    Map<UUID, Site> sites = new HashMap<>();
    Map<String, Boolean> known = new HashMap<>();
    reads.plain(
        connection -> {
          readSites(connection, sites);
          Reads.all(
              connection,
              KNOWN,
              rows -> known.put(rows.getString("user_id"), rows.getBoolean("active")),
              config.operatorGoneAfter().toMillis());
          return null;
        });
    Set<String> candidates = new HashSet<>(known.keySet());
    sites.values().forEach(s -> candidates.addAll(s.operators()));
    Set<String> online = new HashSet<>(candidates);
    if (!candidates.isEmpty()) {
      online.removeAll(presence.knownOffline(candidates));
    }
    known.forEach((user, active) -> addIf(online, user, active));
    snapshot = new Snapshot(sites, Set.copyOf(known.keySet()), online);
  }

  private static void readSites(Connection connection, Map<UUID, Site> sites) throws SQLException {
    Reads.all(
        connection,
        SITES,
        rows -> {
          Array operators = rows.getArray("operators");
          return sites.put(
              rows.getObject("id", UUID.class),
              new Site(
                  OfficeHoursJson.read(rows.getString("office_hours")),
                  new HashSet<>(Arrays.asList((String[]) operators.getArray()))));
        });
  }

  private static void addIf(Set<String> online, String user, boolean active) {
    if (active) {
      online.add(user);
    }
  }

  /**
   * What a visitor can hope for now.
   *
   * @param left the operator who just left them, and is not hoped for; null if none did
   */
  Outlook outlook(UUID siteId, Instant now, String left) {
    Snapshot seen = snapshot;
    Site site = siteId == null ? null : seen.sites().get(siteId);
    OfficeHours hours = site == null ? null : site.hours();
    if (hours != null && !hours.isOpen(now)) {
      return hours
          .nextOpening(now)
          .<Outlook>map(at -> new Outlook.Opens(at.atZone(hours.zone())))
          .orElseGet(Outlook.Nobody::new);
    }
    Set<String> present = present(siteId);
    present.remove(left);
    return present.isEmpty() ? new Outlook.Nobody() : new Outlook.Somebody();
  }

  /**
   * The operators who work a site and are there now.
   *
   * @param siteId null for what belongs to no site
   */
  public Set<String> present(UUID siteId) {
    Snapshot seen = snapshot;
    Site site = siteId == null ? null : seen.sites().get(siteId);
    boolean named = site != null && !site.operators().isEmpty();
    Set<String> present = new HashSet<>(named ? site.operators() : seen.known());
    present.retainAll(seen.online());
    return present;
  }
}
