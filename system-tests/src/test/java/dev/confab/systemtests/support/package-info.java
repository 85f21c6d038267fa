/**
 * The support desk: clients of visitors and operators written from the protocol's tables, who
 * answers while it changes hands, and a check that every visitor's turn came to one honest end.
 */
package dev.confab.systemtests.support;
