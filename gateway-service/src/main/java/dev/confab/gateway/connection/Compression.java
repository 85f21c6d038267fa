package dev.confab.gateway.connection;

import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionDecoder;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandshaker;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * permessage-deflate (RFC 7692), negotiated without context takeover in either direction. So no
 * socket keeps a compressor, a compressed frame is the same for every socket and is made once, and
 * what a client sends inflates to a bounded size.
 */
final class Compression {
  /** What the server answers; both sides start afresh with each message. */
  static final String RESPONSE =
      "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

  private static final String NAME = "permessage-deflate";
  private static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";
  private static final String SERVER_WINDOW = "server_max_window_bits";
  private static final String FULL_WINDOW = "15";
  private static final Set<String> KNOWN =
      Set.of(
          CLIENT_NO_CONTEXT, "server_no_context_takeover", "client_max_window_bits", SERVER_WINDOW);

  private Compression() {}

  /**
   * Whether one of a client's offers can be taken.
   *
   * @param offers values of {@code Sec-WebSocket-Extensions}
   */
  static boolean accepts(List<String> offers) {
    return offers.stream()
        .flatMap(offer -> WebSocketExtensionUtil.extractExtensions(offer).stream())
        .anyMatch(Compression::isAcceptable);
  }

  private static boolean isAcceptable(WebSocketExtensionData offer) {
    Map<String, String> parameters = offer.parameters();
    // The JDK's deflater always uses the full window.
    return NAME.equals(offer.name())
        && KNOWN.containsAll(parameters.keySet())
        && FULL_WINDOW.equals(parameters.getOrDefault(SERVER_WINDOW, FULL_WINDOW));
  }

  /** Inflates a client's compressed frames, each to at most that many bytes. */
  static WebSocketExtensionDecoder decoder(int maxBytes) {
    WebSocketServerExtensionHandshaker handshaker =
        new PerMessageDeflateServerExtensionHandshaker(1, false, 15, true, true, maxBytes);
    return handshaker
        .handshakeExtension(new WebSocketExtensionData(NAME, Map.of(CLIENT_NO_CONTEXT, "")))
        .newExtensionDecoder();
  }
}
