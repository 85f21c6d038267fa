package dev.confab.chat.outbox;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** How the records of a batch stand in their row: a version, a count, then topic, key and value. */
public final class BatchBytes {
  private static final int VERSION = 1;

  private BatchBytes() {}

  /** The row's bytes. */
  public static byte[] write(List<OutboxRecord> records) {
    int size = records.stream().mapToInt(r -> r.value().length + 64).sum();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(records.size());
      for (OutboxRecord each : records) {
        out.writeUTF(each.topic());
        out.writeUTF(each.key());
        out.writeInt(each.value().length);
        out.write(each.value());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The records of a row. */
  public static List<OutboxRecord> read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalStateException("outbox row of unknown version " + version);
      }
      int count = in.readInt();
      List<OutboxRecord> records = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        records.add(new OutboxRecord(in.readUTF(), in.readUTF(), in.readNBytes(in.readInt())));
      }
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
