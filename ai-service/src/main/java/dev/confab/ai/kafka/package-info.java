/** How this service connects to the broker, and whether the broker is there. */
package dev.confab.ai.kafka;
