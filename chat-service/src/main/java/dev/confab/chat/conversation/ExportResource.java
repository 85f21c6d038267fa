package dev.confab.chat.conversation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.message.MessageItem;
import dev.confab.chat.message.MessageQueries;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.chat.Message;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** A whole conversation as a file; it is read and sent page by page, whatever its length. */
@Path("/api/v1/conversations/{id}/export")
@RolesAllowed({"user", "guest", "operator", "admin"})
@RunOnVirtualThread
public class ExportResource {
  private static final int PAGE = 500;

  /** What is done with one message. */
  private interface Sink {
    void write(Message message) throws IOException;
  }

  private final Caller caller;
  private final ConversationQueries conversations;
  private final MessageQueries messages;
  private final ObjectMapper json;

  ExportResource(
      Caller caller,
      ConversationQueries conversations,
      MessageQueries messages,
      ObjectMapper json) {
    this.caller = caller;
    this.conversations = conversations;
    this.messages = messages;
    this.json = json;
  }

  /** {@code json} (as it is where no format is named) or {@code markdown}. */
  @GET
  public Response export(String id, @QueryParam("format") String format) {
    String user = caller.userId();
    ConversationItem item =
        Ids.parse(id)
            .flatMap(conversation -> conversations.find(conversation, user))
            .orElseThrow(() -> ProblemException.notFound("conversation"));
    return switch (format == null ? "json" : format) {
      case "json" -> file(item, "json", "application/json", out -> json(item, user, out));
      case "markdown" ->
          file(item, "md", "text/markdown; charset=utf-8", out -> markdown(item, user, out));
      default -> throw ProblemException.invalid("format", "One of json, markdown.");
    };
  }

  private interface Output {
    void write(Writer out) throws IOException;
  }

  private static Response file(ConversationItem item, String ending, String type, Output output) {
    StreamingOutput stream =
        bytes -> {
          Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
          output.write(out);
          out.flush();
        };
    String name = "conversation-" + item.conversation().id() + '.' + ending;
    return Response.ok(stream, type)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + '"')
        .build();
  }

  private void json(ConversationItem item, String user, Writer out) throws IOException {
    JsonGenerator generator = json.getFactory().createGenerator(out);
    generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    generator.writeStartObject();
    generator.writeFieldName("conversation");
    json.writeValue(generator, item.conversation());
    generator.writeArrayFieldStart("messages");
    each(item, user, message -> json.writeValue(generator, message));
    generator.writeEndArray();
    generator.writeEndObject();
    generator.flush();
  }

  private void markdown(ConversationItem item, String user, Writer out) throws IOException {
    out.write("# " + Objects.requireNonNullElse(item.conversation().title(), "Conversation"));
    out.write("\n");
    each(
        item,
        user,
        message -> {
          String sender = Objects.requireNonNullElse(message.senderName(), message.messageType());
          out.write("\n## " + sender + ", " + message.createdAt() + "\n\n");
          out.write(message.content());
          out.write("\n");
        });
  }

  /** Whatever stands there; what is still being written or was deleted is left out. */
  private void each(ConversationItem item, String user, Sink sink) throws IOException {
    UUID conversation = UUID.fromString(item.conversation().id());
    long after = 0;
    long before = item.conversation().lastSeq() + 1;
    List<MessageItem> page;
    do {
      page = messages.after(conversation, user, after, before, PAGE);
      for (MessageItem each : page) {
        Message message = each.message();
        after = message.seq();
        if (message.content() != null && !"streaming".equals(message.status())) {
          sink.write(message);
        }
      }
    } while (page.size() == PAGE);
  }
}
