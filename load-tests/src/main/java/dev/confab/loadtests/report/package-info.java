/** Results as JSON and as tables, and beside an earlier run's. */
package dev.confab.loadtests.report;
