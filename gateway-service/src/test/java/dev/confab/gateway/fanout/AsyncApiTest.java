package dev.confab.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.dialect.ClientFrame;
import dev.confab.gateway.dialect.Decoded;
import dev.confab.gateway.dialect.FrameJson;
import dev.confab.gateway.dialect.V1Decoder;
import dev.confab.gateway.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/asyncapi.yaml} and the code to each other, in both directions. */
class AsyncApiTest {
  private static final Path DECODER =
      Path.of("src/main/java/dev/confab/gateway/dialect/V1Decoder.java");
  private static final Pattern CASE = Pattern.compile("case \"([a-z_]+)\"");

  private final JsonNode document = read();

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Files.readString(Path.of("../docs/asyncapi.yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Types of one operation's frames as the document has them. */
  private Set<String> documented(String operation) {
    Set<String> types = new TreeSet<>();
    for (JsonNode message : document.path("operations").path(operation).path("messages")) {
      JsonNode inChannel = document.at(message.path("$ref").asText().substring(1));
      JsonNode there = document.at(inChannel.path("$ref").asText().substring(1));
      types.add(there.path("payload").path("properties").path("type").path("const").asText());
    }
    return types;
  }

  @Test
  void framesOfClientsAreThoseThatAreUnderstood() throws IOException {
    Set<String> understood =
        CASE.matcher(Files.readString(DECODER))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(documented("fromClient")).isEqualTo(understood);
  }

  @Test
  void everyKindOfClientFrameHasATypeInTheDocument() {
    V1Decoder decoder = new V1Decoder(new FrameJson(65_536, 32), 100);
    Set<Class<?>> kinds =
        documented("fromClient").stream()
            .map(
                type ->
                    decoder.decode(
                        ("{\"type\":\"%s\",\"token\":\"t\",\"data\":{\"conversation_id\":\"c\","
                                + "\"message_id\":\"m\",\"content\":\"x\",\"is_typing\":true,"
                                + "\"seq\":1,\"action\":\"claim\",\"emoji\":\"x\",\"on\":true}}")
                            .formatted(type),
                        null))
            .map(decoded -> ((Decoded.Understood) decoded).frame().getClass())
            .collect(Collectors.toSet());

    assertThat(kinds).containsExactlyInAnyOrder(ClientFrame.class.getPermittedSubclasses());
  }

  @Test
  void framesOfTheServerAreThoseThatAreWritten() {
    Set<String> written = new TreeSet<>();
    for (Method factory : V1Frames.class.getDeclaredMethods()) {
      if (Modifier.isStatic(factory.getModifiers())
          && !Modifier.isPrivate(factory.getModifiers())
          && Frame.class.isAssignableFrom(factory.getReturnType())) {
        arguments(factory).forEach(arguments -> written.add(type(factory, arguments)));
      }
    }

    assertThat(documented("toClient")).isEqualTo(written);
  }

  @Test
  void codesAreThoseThatThereAre() {
    List<String> codes = new ArrayList<>();
    document
        .path("components")
        .path("schemas")
        .path("ErrorCode")
        .path("enum")
        .forEach(code -> codes.add(code.asText()));

    assertThat(codes).isEqualTo(Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
  }

  private static String type(Method factory, Object[] arguments) {
    try {
      Frame frame = (Frame) factory.invoke(null, arguments);
      return Json.tree(frame.json()).path("type").asText();
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(factory.getName(), e);
    }
  }

  /** Some arguments, so varied that every type a factory can write is written. */
  private static List<Object[]> arguments(Method factory) {
    List<Object[]> all = new ArrayList<>();
    for (String text : List.of("x", "deleted")) {
      List<Object[]> some = new ArrayList<>();
      some.add(new Object[0]);
      for (Class<?> parameter : factory.getParameterTypes()) {
        some = withEach(some, values(parameter, text));
      }
      all.addAll(some);
    }
    return all;
  }

  private static List<Object[]> withEach(List<Object[]> before, List<Object> values) {
    List<Object[]> longer = new ArrayList<>();
    for (Object[] arguments : before) {
      for (Object value : values) {
        Object[] next = Arrays.copyOf(arguments, arguments.length + 1);
        next[arguments.length] = value;
        longer.add(next);
      }
    }
    return longer;
  }

  /** Values of a type: one, or one of each kind where kinds are known. */
  private static List<Object> values(Class<?> type, String text) {
    if (!type.isSealed() || type == Frame.Text.class) {
      return List.of(value(type, text));
    }
    // A frame may tell of some kinds alone.
    return Arrays.stream(type.getPermittedSubclasses())
        .filter(kind -> kind.isRecord() && kind.getSimpleName().startsWith("ReplyTool"))
        .map(kind -> value(kind, text))
        .toList();
  }

  private static Object value(Class<?> type, String text) {
    if (type == String.class) {
      return text;
    } else if (type == int.class || type == Integer.class) {
      return 1;
    } else if (type == long.class || type == Long.class) {
      return 1L;
    } else if (type == double.class || type == Double.class) {
      return 1.0;
    } else if (type == boolean.class || type == Boolean.class) {
      return true;
    } else if (type == Instant.class) {
      return Instant.EPOCH;
    } else if (type == List.class) {
      return List.of();
    } else if (type == Map.class) {
      return Map.of();
    } else if (type == JsonNode.class) {
      return NullNode.instance;
    } else if (type == Supplier.class) {
      return (Supplier<String>) () -> text;
    } else if (type == Frame.Text.class) {
      return V1Frames.streamContent("c", "m", 0, text);
    } else if (type.isEnum()) {
      return type.getEnumConstants()[0];
    } else if (type.isRecord()) {
      return record(type, text);
    }
    throw new IllegalArgumentException("no value of " + type);
  }

  private static Object record(Class<?> type, String text) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
    try {
      Object[] values = Arrays.stream(types).map(each -> value(each, text)).toArray();
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName(), e);
    }
  }
}
