package dev.confab.chat.support;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;

/**
 * What a gateway must know to let a visitor in.
 *
 * @param assistantId who answers, {@code default} where none was chosen
 * @param owner who answers now; {@code none} once it is closed
 * @param originAllowed whether the asked origin may reach the dialog
 * @param tokenRequired whether the dialog's id alone is not enough
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VisitorAccess(
    String conversationId,
    String assistantId,
    UUID siteId,
    String visitorId,
    String visitorName,
    String owner,
    boolean originAllowed,
    boolean tokenRequired) {}
