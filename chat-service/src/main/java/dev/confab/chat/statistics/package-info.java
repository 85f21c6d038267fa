/**
 * What was used: sums per user, model and day, budgets drawn from them, and the statistics that
 * users and operators read.
 */
package dev.confab.chat.statistics;
