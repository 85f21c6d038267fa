package dev.confab.chat.support;

/**
 * A support conversation to be opened: at a site, or with an assistant.
 *
 * @param siteId its site, or null
 * @param assistantId an assistant, whose oldest site is meant if it has one; or {@code default}
 * @param origin where the request comes from, null where no browser sent it
 */
public record NewDialog(String siteId, String assistantId, String origin, Visitor visitor) {}
