package dev.confab.chat.outbox;

import java.util.List;

/** All records of one transaction, stored in one row. */
public record OutboxBatch(long id, List<OutboxRecord> records) {}
