package dev.confab.gateway.dialog;

import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.chatservice.ChatServiceClient.UnknownConversation;
import dev.confab.gateway.chatservice.SupportClient.Dialog;
import dev.confab.gateway.security.Identity;
import dev.confab.gateway.security.TokenVerdict;
import dev.confab.gateway.security.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lets visitors to their dialog: by its id, from pages that may show it, and with their token where
 * the assistant demands one.
 */
@ApplicationScoped
public class Visitors {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  /** A host's name has 253 at most. */
  private static final int MAX_ORIGIN_CHARS = 300;

  private static final String DEFAULT_ASSISTANT = "default";
  private static final String NAMELESS = "Visitor";

  /**
   * A visitor's wish.
   *
   * @param assistantId the assistant they believe to talk with, or null
   * @param origin of their page, or null where there is none
   * @param token theirs, if they sent one
   */
  public record Wish(String dialogId, String assistantId, String origin, Optional<String> token) {
    @Override
    public String toString() {
      return "Wish[dialog=***]";
    }
  }

  private final Dialogs dialogs;
  private final TokenVerifier tokens;

  Visitors(Dialogs dialogs, TokenVerifier tokens) {
    this.dialogs = dialogs;
    this.tokens = tokens;
  }

  /** The visitor of a dialog; fails with {@link NotAdmitted}, or if nobody can tell now. */
  public Future<Identity> admit(Wish wish) {
    if (!ID.matcher(wish.dialogId()).matches()) {
      return unknown();
    }
    if (wish.origin() != null && wish.origin().length() > MAX_ORIGIN_CHARS) {
      return foreign();
    }
    return dialogs
        .find(wish.dialogId(), wish.origin())
        .recover(
            failure ->
                failure instanceof UnknownConversation
                    ? Future.failedFuture(notFound())
                    : Future.failedFuture(failure))
        .compose(dialog -> admit(wish, dialog));
  }

  /**
   * Whether pages of an origin may ask for a dialog; fails with {@link NotAdmitted} if it is there
   * and they may not.
   */
  Future<Void> judge(String dialogId, String origin) {
    return admit(new Wish(dialogId, null, origin, Optional.empty()))
        .recover(
            failure ->
                failure instanceof NotAdmitted refused && refused.code() != ErrorCode.FORBIDDEN
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure))
        .mapEmpty();
  }

  private Future<Identity> admit(Wish wish, Dialog dialog) {
    if (wish.assistantId() != null && !isAssistant(wish.assistantId(), dialog)) {
      return unknown();
    }
    if (!dialog.originAllowed()) {
      return foreign();
    }
    return dialog.tokenRequired()
        ? withToken(wish, dialog)
        : Future.succeededFuture(visitor(dialog));
  }

  private static boolean isAssistant(String asked, Dialog dialog) {
    return asked.equals(dialog.assistantId())
        || dialog.assistantId() == null && asked.equals(DEFAULT_ASSISTANT);
  }

  private static Identity visitor(Dialog dialog) {
    String name = dialog.visitorName() == null ? NAMELESS : dialog.visitorName();
    return Identity.visitor(dialog.visitorId(), name, dialog.conversationId(), Instant.MAX);
  }

  private Future<Identity> withToken(Wish wish, Dialog dialog) {
    return Future.fromCompletionStage(
            tokens.verify(wish.token().orElse(null)), Vertx.currentContext())
        .compose(
            verdict ->
                switch (verdict) {
                  case TokenVerdict.Valid(Identity identity) when isVisitorOf(dialog, identity) ->
                      Future.succeededFuture(identity);
                  case TokenVerdict.Unverifiable unverifiable ->
                      Future.failedFuture("the token cannot be verified now");
                  default ->
                      Future.failedFuture(
                          new NotAdmitted(
                              ErrorCode.AUTH_REQUIRED, "this dialog needs its visitor_token"));
                });
  }

  private static boolean isVisitorOf(Dialog dialog, Identity identity) {
    return identity.isVisitor()
        && dialog.conversationId().equals(identity.conversationId())
        && dialog.visitorId().equals(identity.userId());
  }

  private static Future<Identity> foreign() {
    String message = "pages of this origin may not show this dialog";
    return Future.failedFuture(new NotAdmitted(ErrorCode.FORBIDDEN, message));
  }

  private static Future<Identity> unknown() {
    return Future.failedFuture(notFound());
  }

  private static NotAdmitted notFound() {
    return new NotAdmitted(ErrorCode.NOT_FOUND, "there is no such dialog");
  }
}
