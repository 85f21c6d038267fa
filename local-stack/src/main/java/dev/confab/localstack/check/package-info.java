/** Tries what people depend on: each LLM provider, and a message through the whole suite. */
package dev.confab.localstack.check;
