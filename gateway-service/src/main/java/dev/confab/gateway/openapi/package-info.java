/**
 * The description of the whole public origin: one OpenAPI document, merged from those of the
 * services and of the gateway's own paths. Internal paths are left out.
 */
package dev.confab.gateway.openapi;
