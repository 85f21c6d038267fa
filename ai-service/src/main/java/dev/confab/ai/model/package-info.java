/** Which models can answer: configured ones and those that providers list, over REST. */
package dev.confab.ai.model;
