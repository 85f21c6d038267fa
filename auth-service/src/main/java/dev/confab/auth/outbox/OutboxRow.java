package dev.confab.auth.outbox;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;

/** A record that the broker has not confirmed yet. */
@Entity
@Table(name = "outbox")
public class OutboxRow extends PanacheEntityBase {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Long id;

  /** Where it is to be written. */
  String topic;

  /** The session's or user's id. */
  @Column(name = "record_key")
  String recordKey;

  /** JSON of the event, or null for a tombstone. */
  String payload;

  static List<OutboxRow> oldest(int limit) {
    return OutboxRow.<OutboxRow>find("order by id").page(0, limit).list();
  }

  static void deleteAll(List<OutboxRow> rows) {
    delete("id in ?1", rows.stream().map(row -> row.id).toList());
  }
}
