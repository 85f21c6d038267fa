/**
 * Clients of protocol v1: one connection that records all it receives, and one that survives the
 * loss of its connection by resuming elsewhere.
 */
package dev.confab.systemtests.client;
