/** Probes: what this replica needs before it may serve, and to go on serving. */
package dev.confab.gateway.health;
