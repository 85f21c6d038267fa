/** Clients of the dialects, written from their tables alone: a test for each frame and path. */
package dev.confab.systemtests.dialect;
