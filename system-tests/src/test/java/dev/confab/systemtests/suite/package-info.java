/** One running suite for all tests: started, questioned, broken and repaired by the launcher. */
package dev.confab.systemtests.suite;
