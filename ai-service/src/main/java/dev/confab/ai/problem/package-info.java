/** How errors of the REST interface look: problem documents with one of the protocol's codes. */
package dev.confab.ai.problem;
