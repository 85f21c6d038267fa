/** How this service connects to Kafka, makes its topics, and knows whether the broker is there. */
package dev.confab.chat.kafka;
