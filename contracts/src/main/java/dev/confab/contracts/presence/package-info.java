/** What gateways tell each other, and chat-service, of who is there. */
package dev.confab.contracts.presence;
