/**
 * What the dialect {@code dialog} has beside its sockets: who may come in as a visitor, its REST
 * paths for widgets and panels, and what pages of other origins may do. An operator's request goes
 * on with the operator's own token; for a visitor, whose dialog's id is what lets them in, the
 * gateway itself speaks. Whether an origin, a claim or a message is allowed is decided by
 * chat-service.
 */
package dev.confab.gateway.dialog;
