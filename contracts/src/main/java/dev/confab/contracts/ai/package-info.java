/**
 * Requests to ai-service and the reply stream it writes, with the one fold that says what the
 * stream means.
 */
package dev.confab.contracts.ai;
