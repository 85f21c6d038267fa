/**
 * Real PostgreSQL, Redis and Kafka from packages on Maven Central: each a process of its own on the
 * loopback address, its data kept under the home.
 */
package dev.confab.localstack.infrastructure;
