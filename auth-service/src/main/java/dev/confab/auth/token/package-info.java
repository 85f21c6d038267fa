/**
 * Signed tokens (ES256 JWT): the keys that sign them, their public halves for every verifier,
 * tokens of people and of services, and the reading of bearer tokens that come back here. Private
 * keys never leave; secrets are compared and stored as digests.
 */
package dev.confab.auth.token;
