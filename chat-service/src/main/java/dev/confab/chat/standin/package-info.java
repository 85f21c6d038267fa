/**
 * Replies in the names of members who are away.
 *
 * <p>In come messages of people that no assistant answers, and the news of who came back; out go
 * ordinary replies that say for whom they are, their early end, and digests. Whoever may be there
 * is never answered for; what assistants and stand-ins say is answered by no stand-in.
 */
package dev.confab.chat.standin;
