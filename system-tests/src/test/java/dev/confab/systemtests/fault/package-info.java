/** What people see while parts of the suite die and come back. */
package dev.confab.systemtests.fault;
