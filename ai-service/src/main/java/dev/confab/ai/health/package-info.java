/** Probes. A provider that is down makes nothing unready: its requests are answered honestly. */
package dev.confab.ai.health;
