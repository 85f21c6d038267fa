/**
 * People: their accounts, the rules for names and addresses, and the check of a password against an
 * account. Entities stay inside; {@link dev.confab.auth.account.AccountView} leaves.
 */
package dev.confab.auth.account;
