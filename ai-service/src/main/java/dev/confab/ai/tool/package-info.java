/**
 * Tools that a model may use amid a reply: the clock, the calculator, search in the user's own
 * conversations, and those of configured MCP servers. What a model asks for enters; an answer of
 * bounded length leaves in bounded time, a failure told as one included. A tool that shows what is
 * one person's is offered only where nobody else reads along.
 */
package dev.confab.ai.tool;
