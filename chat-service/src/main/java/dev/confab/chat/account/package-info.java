/** What auth-service knows of people: who has a user name, and what users are called. */
package dev.confab.chat.account;
