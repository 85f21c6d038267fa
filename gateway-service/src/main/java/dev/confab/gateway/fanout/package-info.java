/**
 * The way out: events and reply text come in from Kafka, go through Redis to every replica, are put
 * in order per conversation and leave to the connections that joined it.
 */
package dev.confab.gateway.fanout;
