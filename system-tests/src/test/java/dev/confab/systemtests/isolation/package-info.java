/**
 * What is one's own and what is another's, for every operation and frame that the documents of the
 * interfaces name. A new one is taken up by itself; one that does not fit is reported by its name.
 */
package dev.confab.systemtests.isolation;
