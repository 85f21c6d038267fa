/**
 * How often something may happen: rates, and what visitors may do who have not signed in, by the
 * address and the page they come from. Everything is counted in memory, per replica, and bounded.
 */
package dev.confab.gateway.limit;
