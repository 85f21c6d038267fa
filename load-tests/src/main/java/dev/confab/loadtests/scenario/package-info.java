/** Kinds of load. Each prepares its people and sockets, warms up, measures, and cleans up. */
package dev.confab.loadtests.scenario;
