/** The suite under load: where its gateways are, and what its processes use. */
package dev.confab.loadtests.suite;
