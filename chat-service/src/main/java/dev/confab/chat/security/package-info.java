/** Who calls. */
package dev.confab.chat.security;
