/** Failures over REST: one exception, one document (RFC 9457), one place that maps them. */
package dev.confab.chat.problem;
