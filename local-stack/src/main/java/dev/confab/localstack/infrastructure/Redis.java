package dev.confab.localstack.infrastructure;

import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.Part;
import dev.confab.localstack.process.StackFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Redis server. What it holds is broadcast or cached, so nothing is written to disk. */
public final class Redis implements Part {
  private static final int ANSWER_MILLIS = 500;

  private final Home home;
  private final int port;
  private final Binaries binaries;

  Redis(Home home, int port, Binaries binaries) {
    this.home = home;
    this.port = port;
    this.binaries = binaries;
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public List<Integer> ports() {
    return List.of(port);
  }

  @Override
  public String portSetting() {
    return "CONFAB_REDIS_PORT";
  }

  @Override
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  public String marker() {
    return configuration().toString();
  }

  @Override
  public void prepare() {
    String text =
        """
        bind 127.0.0.1
        port %d
        dir "%s"
        save ""
        appendonly no
        set-proc-title no
        databases 4
        """
            .formatted(port, folder());
    try {
      Files.createDirectories(folder());
      Files.writeString(configuration(), text);
    } catch (IOException e) {
      throw new StackFailure("Cannot write " + configuration(), "is the disk full?", e);
    }
  }

  @Override
  public List<String> command() {
    return List.of(binaries.redis().toString(), configuration().toString());
  }

  @Override
  public boolean ready() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readNBytes(5), StandardCharsets.US_ASCII).equals("+PONG");
    } catch (IOException e) {
      return false;
    }
  }

  private Path folder() {
    return home.data().resolve("redis");
  }

  private Path configuration() {
    return folder().resolve("redis.conf");
  }
}
