/** The commands of {@code ./confab}. */
package dev.confab.localstack.launcher;
