/** What people see of accounts: their own, and the names of others. */
package dev.confab.auth.profile;
