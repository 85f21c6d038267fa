/** The service as a whole, between real topics, a real Redis and scripted providers. */
package dev.confab.ai.journey;
