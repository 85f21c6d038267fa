/**
 * Refusals as problem documents (RFC 9457). Every failure of a public path leaves through here,
 * with a code of the protocol and, where one field is at fault, its name; nothing internal leaks.
 */
package dev.confab.auth.problem;
