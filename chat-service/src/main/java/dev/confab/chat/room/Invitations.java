package dev.confab.chat.room;

import dev.confab.chat.account.Accounts;
import dev.confab.chat.account.Accounts.Account;
import dev.confab.chat.conversation.ConversationItem;
import dev.confab.chat.conversation.ConversationQueries;
import dev.confab.chat.conversation.ParticipantChanges;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.ledger.Writes;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.problem.ProblemException;
import dev.confab.chat.room.InvitationRows.Offer;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Actor;
import dev.confab.contracts.chat.Participant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Gets people into rooms: by their user name at once, or by a link that they follow. */
@ApplicationScoped
class Invitations {
  private static final int MAX_LINKS = 100;

  /** Undoes a use of a link by who is in the room already. */
  private static final class InAlready extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InAlready() {
      super(null, null, false, false);
    }
  }

  private final Hosts hosts;
  private final Accounts accounts;
  private final ParticipantChanges participants;
  private final ConversationQueries conversations;
  private final Ledgers ledgers;
  private final Reads reads;
  private final Writes writes;

  Invitations(
      Hosts hosts,
      Accounts accounts,
      ParticipantChanges participants,
      ConversationQueries conversations,
      Ledgers ledgers,
      Reads reads,
      Writes writes) {
    this.hosts = hosts;
    this.accounts = accounts;
    this.participants = participants;
    this.conversations = conversations;
    this.ledgers = ledgers;
    this.reads = reads;
    this.writes = writes;
  }

  /** A host brings in who has this user name. */
  Participant byUserName(UUID room, Actor host, String username) {
    hosts.require(room, host.userId());
    Account found =
        accounts
            .named(username)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ErrorCode.NOT_FOUND, "Nobody has this user name.", "username"));
    return participants.addNamed(room, host.userId(), found.id(), found.name());
  }

  /** A host makes a link. */
  Invitation link(UUID room, Actor host, Duration goodFor, Integer maxUses) {
    hosts.require(room, host.userId());
    InvitationToken token = InvitationToken.random();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Invitation made =
        new Invitation(
            Ids.next(),
            null,
            null,
            host.userId(),
            MessageText.storable(host.name()),
            now,
            now.plus(goodFor),
            maxUses,
            0);
    return writes.run(
        connection -> {
          if (InvitationRows.count(connection, room) >= MAX_LINKS) {
            throw new ProblemException(
                ErrorCode.CONFLICT, "A room has at most " + MAX_LINKS + " links; revoke some.");
          }
          InvitationRows.insert(connection, room, made, token);
          return made.with(token);
        });
  }

  /** The links that are good, for hosts; without their tokens, which nobody knows here. */
  List<Invitation> list(UUID room, String host) {
    hosts.require(room, host);
    return reads.plain(connection -> InvitationRows.list(connection, room));
  }

  /** A host takes a link back. */
  void revoke(UUID room, String host, UUID id) {
    hosts.require(room, host);
    if (!writes.run(connection -> InvitationRows.revoke(connection, room, id))) {
      throw ProblemException.notFound("invitation");
    }
  }

  /** Where a link leads. */
  Offer offer(InvitationToken token) {
    return reads
        .plain(connection -> InvitationRows.offer(connection, token))
        .orElseThrow(() -> ProblemException.notFound("invitation"));
  }

  /**
   * Lets the holder of a link in. The use is counted in the transaction that lets them in, and only
   * then; who is in already uses nothing.
   */
  ConversationItem accept(InvitationToken token, Actor actor) {
    UUID room = offer(token).conversationId();
    try {
      ledgers.write(
          connection -> {
            if (!InvitationRows.use(connection, token)) {
              throw ProblemException.notFound("invitation");
            }
          },
          new Lookup().conversation(room).user(room, actor.userId()),
          ledger -> {
            LockedConversation in = ledger.conversation(room).orElseThrow();
            if (in.participant(actor.userId()).isPresent()) {
              throw new InAlready();
            }
            return ParticipantChanges.join(ledger, in, actor.userId(), actor.name());
          });
    } catch (InAlready nothingChanged) {
      // As if they had come in now.
    }
    return conversations.find(room, actor.userId()).orElseThrow();
  }
}
