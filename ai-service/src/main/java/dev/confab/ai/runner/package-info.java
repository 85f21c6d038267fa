/**
 * This replica as a runner of replies: its id, the Redis key that shows it lives, and its claims of
 * attempts. All of it is advice that spares work; the fold of {@code ai.stream} decides.
 */
package dev.confab.ai.runner;
