/** The one way this service reads and writes JSON. */
package dev.confab.gateway.json;
