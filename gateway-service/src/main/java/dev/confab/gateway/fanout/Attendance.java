package dev.confab.gateway.fanout;

import dev.confab.contracts.presence.PresenceChanged;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;

/** Knows who is there. */
public interface Attendance {
  /**
   * How users are now; those of whom nothing is known are not among them.
   *
   * @return fails while nobody can be asked
   */
  Future<List<PresenceChanged>> of(Collection<String> userIds);
}
