/** The way in: a command goes to the command log and its outcome comes back to its connection. */
package dev.confab.gateway.command;
