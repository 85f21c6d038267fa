package dev.confab.gateway.limit;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** Clients' addresses as keys of limits. */
final class Addresses {
  private static final int NETWORK_BYTES = 8;
  private static final String UNKNOWN = "unknown";

  private Addresses() {}

  /** An address as the key of its limits: a whole IPv6 network belongs to one. */
  static String key(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) {
      return UNKNOWN;
    }
    try {
      // Makes an IPv4 address of one that is only written as IPv6.
      InetAddress known = InetAddress.getByAddress(bytes);
      return known instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES))
          : known.getHostAddress();
    } catch (UnknownHostException e) {
      return UNKNOWN;
    }
  }

  /** The client that the nearest proxy saw: what stands before was said by the client itself. */
  static String last(String forwardedFor) {
    return forwardedFor.substring(forwardedFor.lastIndexOf(',') + 1).strip();
  }
}
