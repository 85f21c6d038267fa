/**
 * The benchmark: drives the running suite over its public protocol from a process of its own, and
 * says how fast it was and what that cost.
 */
package dev.confab.loadtests;
