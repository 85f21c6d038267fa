/**
 * What gateways need for clients that speak of sessions: conversations found by a label of the
 * user's own, or made when the label is new, and what such clients show in a list. Only gateways
 * enter here; a conversation the user takes no part in is left out of every answer.
 */
package dev.confab.chat.session;
