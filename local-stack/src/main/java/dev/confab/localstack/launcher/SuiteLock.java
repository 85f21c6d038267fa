package dev.confab.localstack.launcher;

import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.StackFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One launcher at a time changes a suite; the lock ends with the process that holds it. */
final class SuiteLock implements AutoCloseable {
  private final FileChannel channel;

  private SuiteLock(FileChannel channel) {
    this.channel = channel;
  }

  static SuiteLock take(Home home) {
    Path file = home.run().resolve("lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw new StackFailure(
            "Another ./confab is starting or stopping this suite", "wait for it, or end it");
      }
      return new SuiteLock(channel);
    } catch (IOException e) {
      throw new StackFailure("Cannot lock " + file, "check who may write there", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StackFailure("Cannot unlock the suite", "see the cause", e);
    }
  }
}
