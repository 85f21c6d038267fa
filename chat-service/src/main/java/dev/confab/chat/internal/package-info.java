/**
 * What other services may ask: commands to be applied now, what changed in a conversation, and the
 * heads of many. Only tokens of the group {@code service} are let in.
 */
package dev.confab.chat.internal;
