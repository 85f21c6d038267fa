/** What people do, over an unharmed suite. */
package dev.confab.systemtests.journey;
