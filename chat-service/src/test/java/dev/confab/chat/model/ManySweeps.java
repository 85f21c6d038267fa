package dev.confab.chat.model;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.ledger.StorageException;
import dev.confab.chat.schema.Rounds;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Several replicas that look for conversations of retired models at the same time. */
@ApplicationScoped
public class ManySweeps {
  private final ChatConfig config;
  private final Models models;
  private final Reads reads;
  private final Ledgers ledgers;
  private final Rounds rounds;

  ManySweeps(ChatConfig config, Models models, Reads reads, Ledgers ledgers, Rounds rounds) {
    this.config = config;
    this.models = models;
    this.reads = reads;
    this.ledgers = ledgers;
    this.rounds = rounds;
  }

  /** Starts them; each one dies when its thread is interrupted. */
  public List<Thread> start(int replicas) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < replicas; i++) {
      RetiredModels replica = new RetiredModels(config, models, reads, ledgers, rounds);
      threads.add(Thread.ofPlatform().start(() -> run(replica)));
    }
    return threads;
  }

  private static void run(RetiredModels replica) {
    try {
      replica.sweep();
    } catch (InterruptedException | StorageException e) {
      // It died midway; the others go on.
      Thread.currentThread().interrupt();
    }
  }
}
