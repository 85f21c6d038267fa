/**
 * The protocol's guarantees as pure checks: recorded frames and stored history in, breaches out.
 * Never quotes message text.
 */
package dev.confab.systemtests.delivery;
