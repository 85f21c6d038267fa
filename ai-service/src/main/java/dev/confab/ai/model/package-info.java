/** Which models can answer and how their providers fare, for the other services, over REST. */
package dev.confab.ai.model;
