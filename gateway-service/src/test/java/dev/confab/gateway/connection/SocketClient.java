package dev.confab.gateway.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A WebSocket client that shows every bit, reads only when asked to, and pongs only if told to. */
public final class SocketClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/api/v1/chat/ws";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /** A frame as it came. */
  record Raw(boolean fin, boolean compressed, int opcode, byte[] payload) {
    int closeCode() {
      return (payload[0] & 0xff) << 8 | payload[1] & 0xff;
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final int status;
  private final List<String> headers = new ArrayList<>();
  private boolean pongs = true;
  private boolean lastCompressed;
  private long deadline = System.nanoTime() + PATIENCE.toNanos();

  private SocketClient(int port, String path, String... extraHeaders) throws IOException {
    socket = new Socket();
    socket.setReceiveBufferSize(16 * 1024);
    socket.setSoTimeout(10_000);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
    request.append("Host: 127.0.0.1:").append(port).append("\r\n");
    request.append("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
    request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (String header : extraHeaders) {
      request.append(header).append("\r\n");
    }
    out.write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    status = Integer.parseInt(readLine().split(" ")[1]);
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      headers.add(line.toLowerCase(java.util.Locale.ROOT));
    }
  }

  public static SocketClient open(int port, String... extraHeaders) throws IOException {
    return new SocketClient(port, PATH, extraHeaders);
  }

  public static SocketClient openWithQuery(int port, String query) throws IOException {
    return new SocketClient(port, PATH + query);
  }

  /** A socket of a dialect, by its path. */
  public static SocketClient openAt(int port, String path, String... extraHeaders)
      throws IOException {
    return new SocketClient(port, path, extraHeaders);
  }

  /** An open socket that has been told {@code auth_success}. */
  public static SocketClient authenticated(int port, String token, String... extraHeaders)
      throws IOException {
    SocketClient client = open(port, extraHeaders);
    client.send("{\"type\":\"auth\",\"token\":\"" + token + "\"}");
    client.next("auth_success");
    return client;
  }

  public int status() {
    return status;
  }

  String header(String name) {
    return headers.stream()
        .filter(h -> h.startsWith(name + ":"))
        .map(h -> h.substring(name.length() + 1).strip())
        .findFirst()
        .orElse(null);
  }

  SocketClient withoutPongs() {
    pongs = false;
    return this;
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
  }

  public void send(String text) throws IOException {
    write(TEXT, true, false, text.getBytes(StandardCharsets.UTF_8));
  }

  void sendCompressed(String text) throws IOException {
    Deflater deflater = new Deflater(6, true);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    deflater.setInput(bytes);
    byte[] packed = new byte[bytes.length + 64];
    int length = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH);
    deflater.end();
    write(TEXT, true, true, java.util.Arrays.copyOf(packed, length - 4));
  }

  void write(int opcode, boolean fin, boolean compressed, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write((fin ? 0x80 : 0) | (compressed ? 0x40 : 0) | opcode);
    if (payload.length <= 125) {
      frame.write(0x80 | payload.length);
    } else if (payload.length < 65536) {
      frame.write(0x80 | 126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    } else {
      frame.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) payload.length >> shift));
      }
    }
    // A mask of zeros is a mask.
    frame.write(new byte[4]);
    frame.write(payload);
    out.write(frame.toByteArray());
    out.flush();
  }

  /** The next frame, whatever it is. */
  Raw read() throws IOException {
    if (System.nanoTime() - deadline > 0) {
      // Pings alone would keep a reader waiting for ever.
      throw new SocketTimeoutException("what was awaited did not come");
    }
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    long length = second & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    Raw raw = new Raw((first & 0x80) != 0, (first & 0x40) != 0, first & 0xf, payload);
    if (raw.opcode() == PING && pongs) {
      write(PONG, true, false, payload);
    }
    return raw;
  }

  /** The next whole text message; null when the server closes instead. */
  String nextText() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    boolean compressed = false;
    while (true) {
      Raw raw = read();
      if (raw.opcode() == CLOSE) {
        throw new IOException("closed with " + raw.closeCode());
      }
      if (raw.opcode() == TEXT || raw.opcode() == 0) {
        compressed |= raw.compressed();
        message.write(raw.payload());
        if (raw.fin()) {
          lastCompressed = compressed;
          return new String(
              compressed ? inflate(message.toByteArray()) : message.toByteArray(),
              StandardCharsets.UTF_8);
        }
      }
    }
  }

  /** Whether the last text message came compressed. */
  boolean lastWasCompressed() {
    return lastCompressed;
  }

  private static byte[] inflate(byte[] packed) throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    Inflater inflater = new Inflater(true);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(packed);
    whole.write(new byte[] {0, 0, (byte) 0xff, (byte) 0xff});
    inflater.setInput(whole.toByteArray());
    byte[] buffer = new byte[8192];
    try {
      for (int n = inflater.inflate(buffer); n > 0; n = inflater.inflate(buffer)) {
        plain.write(buffer, 0, n);
      }
    } catch (DataFormatException e) {
      throw new IOException(e);
    } finally {
      inflater.end();
    }
    return plain.toByteArray();
  }

  /** The next text message of that type; others are passed over. */
  public JsonNode next(String type) throws IOException {
    deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode frame = JSON.readTree(nextText());
      if (type.equals(frame.path("type").asText())) {
        return frame;
      }
    }
  }

  /** The code the server closes with; texts before it are passed over. -1 if it just hangs up. */
  public int closeCode() throws IOException {
    deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (true) {
        Raw raw = read();
        if (raw.opcode() == CLOSE) {
          return raw.closeCode();
        }
      }
    } catch (EOFException e) {
      return -1;
    } catch (SocketTimeoutException e) {
      throw new IOException("not closed in time", e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
