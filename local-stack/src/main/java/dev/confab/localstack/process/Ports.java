package dev.confab.localstack.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Ports on the loopback address. */
public final class Ports {
  private static final int CONNECT_MILLIS = 2_000;

  private Ports() {}

  /** Whether something could listen there now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether something listens there now. */
  public static boolean answers(int port) {
    return answers(InetAddress.getLoopbackAddress().getHostAddress(), port);
  }

  /** Whether something listens there now; waits for two seconds at most. */
  public static boolean answers(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The first of {@code count} ports in a row that are all free, below the ephemeral range. */
  public static int freeRow(int count) {
    int start = 20_000 + (int) (ProcessHandle.current().pid() % 500) * 20;
    for (int base = start; base < 32_000; base += 20) {
      if (allFree(base, count)) {
        return base;
      }
    }
    throw new StackFailure("No " + count + " free ports in a row", "end what holds them");
  }

  private static boolean allFree(int base, int count) {
    for (int port = base; port < base + count; port++) {
      if (!isFree(port)) {
        return false;
      }
    }
    return true;
  }
}
