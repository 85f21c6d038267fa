/**
 * Which models there are and which one answers.
 *
 * <p>ai-service is asked in the background and on demand; what it says is taken into a registry in
 * the database, by which all replicas go. A name that nothing answers to is refused; a conversation
 * whose model is retired is moved to the alias of that name or to the default, and told so. What
 * users chose as their default comes from auth-service. No command waits for any of this.
 */
package dev.confab.chat.model;
