/** What auth-service says: sessions that ended, and what users chose. */
package dev.confab.contracts.auth;
