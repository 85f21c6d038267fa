/** Cancellations enter here from {@code ai.control}; each ends a running reply's upstream call. */
package dev.confab.ai.control;
