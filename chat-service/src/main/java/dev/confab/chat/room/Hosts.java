package dev.confab.chat.room;

import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Whether somebody may change a room. */
@ApplicationScoped
class Hosts {
  private record Found(String kind, String role) {}

  private static final String ROLE =
      "SELECT c.kind, p.role FROM participants p JOIN conversations c ON c.id = p.conversation_id"
          + " WHERE p.conversation_id = ? AND p.user_id = ?";

  private final Reads reads;

  Hosts(Reads reads) {
    this.reads = reads;
  }

  /**
   * Refuses who is no host.
   *
   * @throws ProblemException {@code NOT_FOUND} for strangers, {@code FORBIDDEN} for members, {@code
   *     CONFLICT} where the conversation is no room
   */
  void require(UUID room, String userId) {
    Found found =
        reads
            .plain(
                connection ->
                    Reads.first(
                        connection,
                        ROLE,
                        rows -> new Found(rows.getString("kind"), rows.getString("role")),
                        room,
                        userId))
            .orElseThrow(() -> ProblemException.notFound("conversation"));
    if (!"room".equals(found.kind())) {
      throw new ProblemException(ErrorCode.CONFLICT, "This conversation is no room.");
    }
    if (!ParticipantRow.HOST.equals(found.role())) {
      throw new ProblemException(ErrorCode.FORBIDDEN, "Only a host may do this.");
    }
  }
}
