/**
 * The whole suite seen from outside: real processes, real sockets, the protocol's own words.
 * Nothing of the services' code is used here; the client is written from the protocol's tables.
 */
package dev.confab.systemtests;
