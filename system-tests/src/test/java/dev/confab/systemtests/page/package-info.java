/** The page at the origin, in a real browser. */
package dev.confab.systemtests.page;
