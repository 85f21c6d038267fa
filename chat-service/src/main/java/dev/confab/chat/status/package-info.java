/** What works now, for people and scripts. */
package dev.confab.chat.status;
