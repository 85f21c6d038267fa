/**
 * Codecs of the client protocols. A client's frame enters as text and leaves as a {@link
 * dev.confab.gateway.dialect.ClientFrame} or as a refusal that names the field; on the way out a
 * {@link dev.confab.gateway.fanout.Translator} says in a dialect's words what a v1 frame says, once
 * for all sockets of a conversation. A codec holds no business rule and no state.
 */
package dev.confab.gateway.dialect;
