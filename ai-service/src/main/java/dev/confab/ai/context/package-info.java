/**
 * How much of a conversation a model is shown: turns and what the model can take enter; what fits
 * leaves, with room for the answer.
 */
package dev.confab.ai.context;
