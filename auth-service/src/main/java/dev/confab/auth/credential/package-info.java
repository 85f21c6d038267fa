/**
 * Passwords: their rules, their argon2id hashes, and the limit on wrong guesses. A clear password
 * enters and never leaves; time and memory spent on hashing are bounded.
 */
package dev.confab.auth.credential;
