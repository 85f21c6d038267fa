/** What keeps the database in shape: work done in rounds, and what is deleted by age. */
package dev.confab.chat.schema;
