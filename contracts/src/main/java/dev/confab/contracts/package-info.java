/**
 * What the services say to each other: topic names, the records on them and the reply fold.
 *
 * <p>Records are grouped by the service that owns them (the one whose rules decide what they mean).
 * They are JSON in snake case, absent for null, and must stay readable: a reader ignores fields it
 * does not know, and a field is only ever added. Nothing here reaches a database, and no behaviour
 * lives here but the fold, which gateways and chat-service must compute alike.
 */
package dev.confab.contracts;
