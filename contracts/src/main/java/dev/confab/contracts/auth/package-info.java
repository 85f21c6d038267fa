/** What auth-service says: sessions that ended. */
package dev.confab.contracts.auth;
