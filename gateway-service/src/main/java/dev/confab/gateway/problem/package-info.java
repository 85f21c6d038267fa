/** Errors over HTTP: RFC 9457 problem documents with the protocol's codes. */
package dev.confab.gateway.problem;
