package dev.confab.chat.support;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.assistant.Assistant;
import dev.confab.chat.assistant.Assistants;
import dev.confab.chat.conversation.ConversationChanges;
import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.conversation.SettingsJson;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.ledger.Update;
import dev.confab.chat.message.Births;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.model.Models;
import dev.confab.chat.problem.ProblemException;
import dev.confab.chat.reply.Reply;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.ChatEvent.MessageAdded;
import dev.confab.contracts.chat.Conversation;
import dev.confab.contracts.chat.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Opens support conversations, each for a visitor whom nobody knows outside of it. */
@ApplicationScoped
public class DialogCreation {
  private static final String INSERT_CONVERSATION =
      "INSERT INTO conversations (id, kind, owner, assistant_id, assistant_name, site_id, settings,"
          + " history, participant_count, sensitive, created_at, updated_at)"
          + " VALUES (?, 'support', 'assistant', ?, ?, ?, ?::jsonb, ?, 1, false, now(), now())";
  private static final String INSERT_VISITOR =
      "INSERT INTO participants (conversation_id, user_id, name, role, joined_at)"
          + " VALUES (?, ?, ?, '"
          + ParticipantRow.MEMBER
          + "', now())";
  private static final String INSERT_DIALOG =
      "INSERT INTO support_dialogs (conversation_id, site_id, visitor_id, visitor_name,"
          + " visitor_key, page_url, page_title, state, state_since, created_at)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, 'assistant', now(), now())";

  /** Where a dialog is opened, and who answers there. */
  private record Place(Optional<Site> site, Optional<Assistant> assistant) {
    private String assistantId() {
      return assistant.map(a -> a.id().toString()).orElse(null);
    }

    private String assistantName() {
      return assistant.map(Assistant::name).orElse(null);
    }

    private UUID siteId() {
      return site.map(Site::id).orElse(null);
    }

    private String answerer() {
      return assistant.map(a -> a.id().toString()).orElse(Reply.DEFAULT_ASSISTANT);
    }
  }

  private record Opening(UUID id, String visitorId, Visitor visitor, Place place) {}

  private final Ledgers ledgers;
  private final Sites sites;
  private final Assistants assistants;
  private final Models models;
  private final VisitorTokens tokens;
  private final ChatConfig.Support config;

  DialogCreation(
      Ledgers ledgers,
      Sites sites,
      Assistants assistants,
      Models models,
      VisitorTokens tokens,
      ChatConfig config) {
    this.config = config.support();
    this.ledgers = ledgers;
    this.sites = sites;
    this.assistants = assistants;
    this.models = models;
    this.tokens = tokens;
  }

  /**
   * Opens one. Its id is random, so that nobody finds it who was not told; so is its visitor's.
   *
   * @throws ProblemException {@code NOT_FOUND} if there is no such site or assistant, {@code
   *     FORBIDDEN} if the site does not allow the origin
   */
  public OpenedDialog open(NewDialog asked) throws InterruptedException {
    Visitor visitor = (asked.visitor() == null ? Visitor.UNKNOWN : asked.visitor()).checked();
    Place place = place(asked);
    if (!place.site().map(Site::origins).orElse(Origins.ANY).allow(asked.origin())) {
      throw new ProblemException(ErrorCode.FORBIDDEN, "This origin may not open dialogs there.");
    }
    UUID id = UUID.randomUUID();
    Opening opening = new Opening(id, UUID.randomUUID().toString(), visitor, place);
    // First, so that no dialog stands that its visitor has no token for.
    String token = tokens.issue(opening.visitorId(), visitor.name(), id);
    Conversation conversation = store(opening);
    return new OpenedDialog(
        id.toString(),
        place.answerer(),
        place.siteId(),
        opening.visitorId(),
        token,
        place.site().map(Site::greeting).orElse(null),
        conversation);
  }

  private Place place(NewDialog asked) {
    if (asked.siteId() != null) {
      Site site = Ids.parse(asked.siteId()).flatMap(sites::find).orElseThrow(Sites::noSuchSite);
      return at(site);
    }
    String named = asked.assistantId();
    if (named == null) {
      throw ProblemException.invalid("site_id", "Name a site, or an assistant.");
    }
    Optional<UUID> id = Ids.parse(named);
    if (id.isEmpty() && !Reply.DEFAULT_ASSISTANT.equals(named)) {
      throw noSuchAssistant();
    }
    return sites
        .ofAssistant(id.map(UUID::toString).orElse(Reply.DEFAULT_ASSISTANT))
        .map(this::at)
        .orElseGet(() -> withoutSite(id));
  }

  /** A site whose assistant is gone goes on with the default one. */
  private Place at(Site site) {
    return new Place(
        Optional.of(site),
        Optional.ofNullable(site.assistantId()).flatMap(Ids::parse).flatMap(assistants::find));
  }

  private Place withoutSite(Optional<UUID> assistant) {
    if (config.sitesOnly()) {
      throw noSuchAssistant();
    }
    return new Place(Optional.empty(), assistant.map(this::ofAll));
  }

  private Assistant ofAll(UUID id) {
    return assistants
        .find(id)
        .filter(Assistant::isPublic)
        .orElseThrow(DialogCreation::noSuchAssistant);
  }

  private static ProblemException noSuchAssistant() {
    return ProblemException.notFound("assistant");
  }

  private Conversation store(Opening opening) {
    return ledgers.write(
        connection -> insert(connection, opening),
        new Lookup().conversation(opening.id()).user(opening.id(), opening.visitorId()),
        ledger -> {
          LockedConversation in = ledger.conversation(opening.id()).orElseThrow();
          ConversationChanges.announce(ledger, in, null);
          opening
              .place()
              .site()
              .map(Site::greeting)
              .ifPresent(text -> greet(ledger, in, opening, text));
          return in.toContract();
        });
  }

  private void insert(Connection connection, Opening opening) throws SQLException {
    Place place = opening.place();
    Visitor visitor = opening.visitor();
    Update.run(
        connection,
        INSERT_CONVERSATION,
        opening.id(),
        place.assistantId(),
        place.assistantName(),
        place.siteId(),
        SettingsJson.write(settings(place)),
        UUID.randomUUID());
    Update.run(connection, INSERT_VISITOR, opening.id(), opening.visitorId(), visitor.name());
    Update.run(
        connection,
        INSERT_DIALOG,
        opening.id(),
        place.siteId(),
        opening.visitorId(),
        visitor.name(),
        visitor.keyDigest(),
        visitor.page(),
        visitor.title());
  }

  /** A copy: later changes of the assistant do not reach the dialog. */
  private Settings settings(Place place) {
    Settings lent = place.assistant().map(Assistant::settings).orElse(Settings.DEFAULTS);
    return lent.withModel(models.answering(lent.model()).orElse(null));
  }

  private static void greet(Ledger ledger, LockedConversation in, Opening opening, String text) {
    Instant now = in.notBefore(ledger.now());
    String name = opening.place().assistantName();
    StoredMessage greeting =
        Births.greeting(
            in.id(),
            in.nextSeq(now),
            Ids.next(),
            opening.place().answerer(),
            name == null ? Reply.SENDER_NAME : name,
            text,
            now);
    in.add(greeting);
    ledger.emit(
        new MessageAdded(in.name(), greeting.seq(), greeting.toContract(), in.told(), null, null));
  }
}
