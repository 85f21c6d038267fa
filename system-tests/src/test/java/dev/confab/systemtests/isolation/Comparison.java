package dev.confab.systemtests.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.V1Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds answers for another's ids against those for ids that nobody has; keeps what differs. */
public final class Comparison {
  private static final int NOT_FOUND = 404;
  private static final String CODE = "NOT_FOUND";

  /** Frames that are done for whatever id: no longer to follow what one does not follow. */
  private static final Set<String> ALWAYS_DONE = Set.of("leave_conversation");

  private final Belongings others;
  private final List<String> breaches = new ArrayList<>();

  /** Looks for these, which the callers must not see. */
  public Comparison(Belongings others) {
    this.others = others;
  }

  /** Keeps a breach. */
  public void breach(String what) {
    breaches.add(what);
  }

  /** Fails with all that was kept. */
  public void assertNone() {
    assertThat(breaches).isEmpty();
  }

  /** Looks through an answer. */
  public void note(String what, Answer answer) {
    List<String> shown = others.shownIn(answer.headers() + answer.body(), answer.isSuccess());
    if (!shown.isEmpty()) {
      breach(what + ": " + answer + " shows " + shown);
    }
  }

  /** Looks through frames. */
  public void note(String what, List<Frame> frames) {
    for (Frame frame : frames) {
      List<String> shown = others.shownIn(frame.body().toString(), false);
      if (!shown.isEmpty()) {
        breach(what + ": " + frame + " shows " + shown);
      }
    }
  }

  /**
   * Calls an operation with both.
   *
   * @param mustBeMissing whether the answer must be that there is nothing
   */
  public void alike(
      Caller caller,
      Operation operation,
      Ids known,
      Ids unknown,
      Map<String, String> query,
      boolean mustBeMissing) {
    Answer answer = caller.callPatiently(operation, known, query);
    Answer other = caller.callPatiently(operation, unknown, query);
    String what = operation + " " + query + " with " + known.what();
    note(what, answer);
    if (mustBeMissing && (answer.status() != NOT_FOUND || !answer.code().equals(CODE))) {
      breach(what + ": " + answer);
    }
    // What was made anew has new ids.
    boolean sameBody =
        answer.isSuccess() && !operation.isReading()
            || answer.withoutIds(known).equals(other.withoutIds(unknown));
    if (answer.status() != other.status() || !answer.code().equals(other.code()) || !sameBody) {
      breach(what + ": " + answer + ", but for unknown ids " + other);
    }
  }

  /**
   * Sends a frame with both.
   *
   * @param mustBeMissing whether the answer must be that there is nothing
   */
  public void alike(
      V1Client client,
      ClientFrames.ClientFrame frame,
      Ids known,
      Ids unknown,
      boolean mustBeMissing) {
    Frame answer = client.awaitAnswer(client.send(frame.type(), frame.data(known)));
    Frame other = client.awaitAnswer(client.send(frame.type(), frame.data(unknown)));
    String what = frame + " with " + known.what();
    boolean isMissing = answer.data().path("code").asText().equals(CODE);
    boolean isDone = ALWAYS_DONE.contains(frame.type()) && answer.is("ack");
    if (mustBeMissing && !isMissing && !isDone) {
      breach(what + ": " + answer);
    }
    boolean sameData =
        !answer.is("error")
            || known
                .strippedFrom(answer.data().toString())
                .equals(unknown.strippedFrom(other.data().toString()));
    if (!answer.type().equals(other.type()) || !sameData) {
      breach(what + ": " + answer + ", but for unknown ids " + other);
    }
  }
}
