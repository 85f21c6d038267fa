/** Latencies and deliveries, counted while load is on. */
package dev.confab.loadtests.measure;
