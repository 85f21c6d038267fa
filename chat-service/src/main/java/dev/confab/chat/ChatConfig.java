package dev.confab.chat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All settings of chat-service; each package is handed its own part. */
@ConfigMapping(prefix = "confab.chat")
public interface ChatConfig {
  /** Base URL of auth-service: keys and service tokens. */
  String authUrl();

  /** Base URLs of ai-service; the next one is asked when one fails. */
  List<String> aiUrls();

  /** Name under which this service asks for service tokens. */
  String clientId();

  /** Secret for {@link #clientId()}; without it the list of models stays unknown. */
  Optional<String> clientSecret();

  /** Kafka. */
  Kafka kafka();

  /** The command consumer. */
  Commands commands();

  /** What a message may be. */
  Messages messages();

  /** Replies, their deadlines and their takeover. */
  Replies replies();

  /** Support conversations: who answers, and until when. */
  Support support();

  /** What operators of support conversations work with. */
  Desk desk();

  /** The outbox. */
  Outbox outbox();

  /** What users may spend. */
  Budget budget();

  /** The indexer: search, the order of lists, counts. */
  Index index();

  /** Titles that conversations get by themselves. */
  Titles titles();

  /** The registry of models. */
  Models models();

  /** What settings may be. */
  Settings settings();

  /** Who is there. */
  Presence presence();

  /** Replies in the names of members who are away. */
  StandIns standIns();

  /** Kafka. */
  interface Kafka {
    /** Bootstrap servers, comma-separated. */
    String bootstrapServers();

    /** Replication factor of topics that this service makes. */
    @WithDefault("1")
    short replication();
  }

  /** The command consumer. */
  interface Commands {
    /** Most commands in one transaction. */
    @WithDefault("500")
    int batch();

    /** Consumer threads of this replica. */
    @WithDefault("1")
    int consumers();

    /** First pause after the database failed; it doubles up to {@link #retryMax()}. */
    @WithDefault("100ms")
    Duration retryMin();

    /** Longest pause between tries while the database is away. */
    @WithDefault("2s")
    Duration retryMax();

    /** How long outcomes are kept for repeats; longer than the topic keeps commands. */
    @WithDefault("8d")
    Duration outcomesKept();
  }

  /** What a message may be. */
  interface Messages {
    /** Most UTF-16 units of a message's content. */
    @WithDefault("16000")
    int maxChars();
  }

  /** Replies, their deadlines and their takeover. */
  interface Replies {
    /** Whether this replica folds replies. */
    @WithDefault("true")
    boolean folding();

    /** A turn has begun to be answered, or is declined, this long after it was stored. */
    @WithDefault("60s")
    Duration beginWithin();

    /** A reply that began ends this long after it was opened. */
    @WithDefault("5m")
    Duration endWithin();

    /** Extra time before a running reply counts as not begun, for its fold to be heard. */
    @WithDefault("10s")
    Duration beginTolerance();

    /** Replies that have had text for this long are marked as begun. */
    @WithDefault("3s")
    Duration markBegunAfter();

    /** Between two looks at the runners, and between two sweeps for overdue replies. */
    @WithDefault("1s")
    Duration lookEvery();

    /** A runner missing for this long, in two looks at least, is dead. */
    @WithDefault("2s")
    Duration runnerMissingFor();

    /** A fold that heard nothing of an end for this long is dropped. */
    @WithDefault("10m")
    Duration foldKept();

    /** Most messages of history in a request; ai-service cuts them to what the model can take. */
    @WithDefault("100")
    int historyMessages();

    /** Most UTF-16 units of history in a request; the turn itself is never cut. */
    @WithDefault("60000")
    int historyChars();
  }

  /** Support conversations: who answers, and until when. */
  interface Support {
    /**
     * Whether dialogs are opened at sites alone; an assistant without a site then answers 404. Who
     * opens one has no account, and every public assistant could be made to spend tokens by them.
     */
    @WithDefault("false")
    boolean sitesOnly();

    /** Phrases by which a visitor asks for a person, however spaced, in upper or lower case. */
    @WithDefault(
        "talk to a person,talk to a human,speak to a person,speak to a human,speak with a human,"
            + "speak with a person,talk to an operator,speak to an operator,real person,human agent,"
            + "human being,human please,live agent")
    Optional<List<String>> handOverPhrases();

    /** An operator who lets a visitor wait for this long loses the conversation to the queue. */
    @WithDefault("5m")
    Duration operatorAnswersWithin();

    /** The conversations of an operator who is away for this long return to the queue. */
    @WithDefault("60s")
    Duration operatorGoneAfter();

    /** Between two looks for operators who are silent or away. */
    @WithDefault("1s")
    Duration lookEvery();

    /** Between two looks at which operators are there. */
    @WithDefault("2s")
    Duration staffLookEvery();

    /** Between two notes of which operators have been at work. */
    @WithDefault("2s")
    Duration noteOperatorsEvery();

    /** How long a request waits for a reply's fence before it answers with 202. */
    @WithDefault("5s")
    Duration fencedWithin();
  }

  /** What operators of support conversations work with. */
  interface Desk {
    /** How long a model may take to suggest a reply. */
    @WithDefault("15s")
    Duration suggestWithin();

    /** Suggestions written at the same time for this replica. */
    @WithDefault("16")
    int suggestionsAtOnce();

    /** Between two looks for dialogs to be given to operators, where their site wants that. */
    @WithDefault("1s")
    Duration assignEvery();

    /** Dialogs are given to those who watched the desk, or asked for something, this lately. */
    @WithDefault("10m")
    Duration atDeskWithin();

    /** Nobody is given more dialogs than so many at a time; more they may take themselves. */
    @WithDefault("5")
    int assignAtMost();
  }

  /** The registry of models. */
  interface Models {
    /** Between two looks at what another replica has changed. */
    @WithDefault("1s")
    Duration lookEvery();

    /** Between two questions to ai-service; what is new in an answer is taken in at once. */
    @WithDefault("5s")
    Duration askEvery();

    /** What ai-service says is taken in this often, new or not. */
    @WithDefault("60s")
    Duration reconcileEvery();

    /** How long ai-service may take to ask every provider. */
    @WithDefault("20s")
    Duration syncTimeout();

    /** A provider that is configured nowhere any more loses its models after this time. */
    @WithDefault("10m")
    Duration goneAfter();

    /** Between two looks for conversations of retired models. */
    @WithDefault("2s")
    Duration moveEvery();

    /** Most conversations moved to another model in one transaction. */
    @WithDefault("50")
    int moveBatch();

    /** Between two such transactions. */
    @WithDefault("20ms")
    Duration movePause();
  }

  /** What settings may be. */
  interface Settings {
    /** Highest number of tokens that a reply may be limited to. */
    @WithDefault("32768")
    int maxTokens();

    /** Most UTF-16 units of a system prompt. */
    @WithDefault("16000")
    int maxPromptChars();

    /** Most assistants of one user. */
    @WithDefault("500")
    int assistantsPerUser();
  }

  /** Who is there. */
  interface Presence {
    /** Redis, where gateways keep it. */
    @WithDefault("${CONFAB_REDIS:redis://localhost:6379}")
    String redis();

    /** What is heard within this time is looked at together. */
    @WithDefault("50ms")
    Duration gatherFor();

    /** Between two looks whether Redis still holds who wants to count as offline. */
    @WithDefault("3s")
    Duration restoreEvery();
  }

  /** Replies in the names of members who are away. */
  interface StandIns {
    /**
     * How long after a message it is asked who is away; whoever comes in it is not answered for.
     */
    @WithDefault("1s")
    Duration grace();

    /** Between two looks for messages of other replicas whose grace is over. */
    @WithDefault("1s")
    Duration lookEvery();

    /** Between two looks for members who are back, beside what is heard of them at once. */
    @WithDefault("1s")
    Duration returnsEvery();

    /** Most replies in the name of one member in one room within a minute; 0 for none. */
    @WithDefault("6")
    int perMinute();

    /** Most UTF-16 units of a member's note. */
    @WithDefault("2000")
    int maxNoteChars();
  }

  /** What users may spend. */
  interface Budget {
    /** Tokens per user and day (UTC); 0 means no limit. */
    @WithDefault("0")
    long tokensPerDay();
  }

  /** The indexer: search, the order of lists, counts. */
  interface Index {
    /** Whether this replica indexes. */
    @WithDefault("true")
    boolean enabled();

    /** Between two batches; what happens in between is done at once. */
    @WithDefault("200ms")
    Duration every();

    /** After each transaction it rests this many times as long as that took, 2 s at most. */
    @WithDefault("4")
    int restFactor();

    /** Most events of one batch. */
    @WithDefault("2000")
    int batch();

    /** Most numbers of one conversation that are indexed in one transaction. */
    @WithDefault("1000")
    int numbersAtOnce();

    /** Between two looks for conversations that the indexer shall come back to. */
    @WithDefault("1s")
    Duration lookEvery();
  }

  /** Titles that conversations get by themselves. */
  interface Titles {
    /** Whether conversations get titles by themselves. */
    @WithDefault("true")
    boolean enabled();

    /** Between two looks for conversations without a title. */
    @WithDefault("500ms")
    Duration lookEvery();

    /** How long a model may take; then the first words of the question are the title. */
    @WithDefault("10s")
    Duration modelWithin();

    /** Titles written at the same time by this replica. */
    @WithDefault("4")
    int atOnce();
  }

  /** The outbox. */
  interface Outbox {
    /** Batches that may wait for the sender; what is beyond is left to the sweeper. */
    @WithDefault("2000")
    int queue();

    /** Between two bulk deletions of acknowledged rows. */
    @WithDefault("500ms")
    Duration deleteEvery();

    /** Rows this old were left behind and are sent again. */
    @WithDefault("5s")
    Duration resendAfter();

    /** Most rows resent in one transaction. */
    @WithDefault("100")
    int resendRows();

    /** How long Kafka may take to acknowledge a record. */
    @WithDefault("10s")
    Duration deliveryTimeout();
  }
}
