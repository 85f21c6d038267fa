/** What the dialects' REST paths share: reading a request's body, and what a request comes to. */
package dev.confab.gateway.rest;
