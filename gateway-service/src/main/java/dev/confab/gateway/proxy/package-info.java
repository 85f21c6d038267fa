/**
 * The public origin. REST requests enter here and go on to the service that owns the path; what
 * belongs to no service, and {@code /internal} in any spelling, is answered here.
 */
package dev.confab.gateway.proxy;
