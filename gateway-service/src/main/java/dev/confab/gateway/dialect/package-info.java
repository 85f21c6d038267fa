/**
 * Codecs of the client protocols. A client's frame enters as text and leaves as a {@link
 * dev.confab.gateway.dialect.ClientFrame} or as a refusal that names the field; a codec holds no
 * business rule and no state.
 */
package dev.confab.gateway.dialect;
