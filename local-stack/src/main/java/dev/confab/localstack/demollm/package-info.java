/**
 * A small OpenAI-compatible server for machines without a provider's key: development equipment. It
 * answers from the conversation it is sent, at a set pace, and can be told to misbehave.
 */
package dev.confab.localstack.demollm;
