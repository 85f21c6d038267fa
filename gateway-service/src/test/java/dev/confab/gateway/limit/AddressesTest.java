package dev.confab.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressesTest {
  @Test
  void anIpv6NetworkIsOne() {
    assertThat(Addresses.key("2001:db8:1:2::1")).isEqualTo(Addresses.key("2001:db8:1:2:3:4:5:6"));
    assertThat(Addresses.key("2001:db8:1:2::1")).isNotEqualTo(Addresses.key("2001:db8:1:3::1"));
  }

  @Test
  void anIpv4AddressIsItself() {
    assertThat(Addresses.key("192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(Addresses.key("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(Addresses.key("192.0.2.2")).isNotEqualTo(Addresses.key("192.0.2.1"));
  }

  @Test
  void whatIsNoneIsNobody() {
    assertThat(Addresses.key("nonsense")).isEqualTo(Addresses.key("")).isEqualTo("unknown");
  }

  @Test
  void theNearestProxyIsBelieved() {
    assertThat(Addresses.last("6.6.6.6, 192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(Addresses.last("192.0.2.1")).isEqualTo("192.0.2.1");
  }
}
