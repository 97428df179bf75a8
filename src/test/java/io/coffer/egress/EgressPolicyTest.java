package io.coffer.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coffer.egress.EgressConfig.Mode;
import io.coffer.egress.OwnPlaces.Kind;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressPolicyTest {

  private static final EgressPolicy STANDARD = TestPolicies.standard();
  private static final String PUBLIC = "203.0.114.7";

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, this_network",
    "0.1.2.3, this_network",
    "10.1.2.3, private",
    "100.64.0.1, shared",
    "100.127.255.255, shared",
    "100.100.100.200, metadata",
    "127.0.0.1, loopback",
    "127.255.255.254, loopback",
    "168.63.129.16, metadata",
    "169.254.0.1, metadata",
    "169.254.169.254, metadata",
    "169.254.170.2, metadata",
    "169.254.170.23, metadata",
    "172.16.0.1, private",
    "172.31.255.255, private",
    "192.0.0.192, special",
    "192.0.2.1, documentation",
    "192.88.99.1, translated",
    "192.168.0.1, private",
    "198.18.0.1, benchmark",
    "198.19.255.255, benchmark",
    "198.51.100.1, documentation",
    "203.0.113.9, documentation",
    "224.0.0.1, multicast",
    "239.255.255.255, multicast",
    "240.0.0.1, reserved",
    "255.255.255.255, reserved",
    "::, this_network",
    "::1, loopback",
    "::7f00:1, translated",
    "::ffff:127.0.0.1, loopback",
    "::ffff:7f00:1, loopback",
    "::ffff:a9fe:a9fe, metadata",
    "64:ff9b::a9fe:a9fe, translated",
    "64:ff9b::808:808, translated",
    "64:ff9b:1::1, translated",
    "100::1, special",
    "2001::1, special",
    "2001:10::1, special",
    "2001:db8::1, documentation",
    "2002:7f00:1::, translated",
    "3fff::1, documentation",
    "4000::1, reserved",
    "5f00::1, special",
    "fc00::1, private",
    "fd00:ec2::254, metadata",
    "fd20:ce::254, metadata",
    "fd12:3456::1, private",
    "fe80::1, link_local",
    "febf::1, link_local",
    "fec0::1, link_local",
    "ff02::1, multicast",
  })
  void refusesWhatIsNotPublic(String address, String rule) {
    assertThat(decide(STANDARD, address, 5432)).isEqualTo(new Decision.Denied(rule));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PUBLIC,
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "198.17.255.255",
        "223.255.255.255",
        "2606:4700::1",
        "2003::1",
        "2a00::1"
      })
  void allowsWhatIsPublic(String address) {
    assertThat(decide(STANDARD, address, 5432)).isEqualTo(new Decision.Allowed(false));
  }

  @Test
  void unwrapsMappedAddressesThatTheJdkLeavesAsTheyAre() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = (byte) 0xff;
    mapped[12] = 127;
    mapped[15] = 1;
    InetAddress address = java.net.Inet6Address.getByAddress(null, mapped, 0);

    assertThat(STANDARD.address(address, TestPolicies.to("h.example", 5432)))
        .isEqualTo(new Decision.Denied("loopback"));
  }

  @ParameterizedTest
  @CsvSource({
    "64:ff9b::/96, 64:ff9b::a9fe:a9fe, metadata",
    "64:ff9b::/96, 64:ff9b::a00:1, private",
    "2a00:1:2:3::/64, 2a00:1:2:3:00a9:fea9:fe00:0, metadata",
    "2a00:1:2::/48, 2a00:1:2:0a00:0000:0100:0:0, private",
    "2a00:1::/32, 2a00:1:7f00:1::, loopback",
  })
  void judgesTheAddressInsideOfTheNetworksOwnTranslation(
      String prefix, String address, String rule) {
    EgressPolicy policy = translating(prefix);

    assertThat(decide(policy, address, 5432)).isEqualTo(new Decision.Denied(rule));
  }

  @Test
  void allowsAPublicAddressInsideOfTheNetworksOwnTranslation() {
    assertThat(decide(translating("64:ff9b::/96"), "64:ff9b::808:808", 5432))
        .isEqualTo(new Decision.Allowed(false));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 22, 25, 80, 2049, 2375, 2380, 5000, 6379, 6443, 8200, 9200, 10250, 27017})
  void refusesPortsOfOtherServices(int port) {
    assertThat(decide(STANDARD, PUBLIC, port)).isEqualTo(new Decision.Denied("port"));
  }

  @ParameterizedTest
  @ValueSource(ints = {443, 1024, 1433, 5432, 65535})
  void allowsWellKnownAndHighPorts(int port) {
    assertThat(decide(STANDARD, PUBLIC, port)).isEqualTo(new Decision.Allowed(false));
  }

  @ParameterizedTest
  @CsvSource({
    "10.20.0.0/16:5432-5439, 10.20.1.2, 5435, true",
    "10.20.0.0/16:5432-5439, 10.20.1.2, 5440, false",
    "10.20.0.0/16:5432-5439, 10.21.1.2, 5432, false",
    "10.20.0.0/16, 10.20.1.2, 5432, true",
    "10.20.0.0/16, 10.20.1.2, 22, false",
    "10.20.0.0/16, 10.20.1.2, 6379, false",
    "10.20.0.0/16:22, 10.20.1.2, 22, true",
    "10.20.3.4:22, 10.20.3.4, 22, true",
    "10.20.3.4:22, 10.20.3.5, 22, false",
    "fd12:3456::/48:5432, fd12:3456::9, 5432, true",
    "fd12:3456::/48:5432, fd12:3457::9, 5432, false",
    "[fd12::1]:5432, fd12::1, 5432, true",
    "fd12::1, fd12::1, 5432, true",
    "loopback, 127.9.9.9, 5432, true",
    "loopback, ::1, 5432, true",
    "loopback, 10.0.0.1, 5432, false",
    "private, 10.0.0.1, 5432, true",
    "private, fd12::1, 5432, true",
    "private, 127.0.0.1, 5432, false",
    "private, 169.254.0.1, 5432, false",
    "0.0.0.0/0:1-65535, 169.254.169.254, 80, false",
    "0.0.0.0/0:1-65535, 100.100.100.200, 80, false",
    "0.0.0.0/0:1-65535, 168.63.129.16, 80, false",
    "0.0.0.0/0:1-65535, 0.0.0.0, 80, false",
    "0.0.0.0/0:1-65535, 224.0.0.1, 80, false",
    "::/0:1-65535, fd00:ec2::254, 80, false",
    "::/0:1-65535, fd20:ce::254, 80, false",
    "::/0:1-65535, ff02::1, 80, false",
    "::/0:1-65535, 64:ff9b::a9fe:a9fe, 5432, true",
  })
  void opensExactlyWhatTheOperatorOpens(String entry, String address, int port, boolean opened) {
    EgressPolicy policy = TestPolicies.allowing(entry);

    assertThat(decide(policy, address, port) instanceof Decision.Allowed(boolean yes) && yes)
        .isEqualTo(opened);
  }

  @Test
  void opensMetadataWithBothSwitchesOnly() {
    List<String> entry = List.of("169.254.169.254:80");

    assertThat(decide(TestPolicies.policy(Mode.PUBLIC_ONLY, entry, List.of(), true)))
        .isEqualTo(new Decision.Allowed(true));
    assertThat(decide(TestPolicies.policy(Mode.PUBLIC_ONLY, entry, List.of(), false)))
        .isEqualTo(new Decision.Denied("metadata"));
    assertThat(decide(TestPolicies.policy(Mode.PUBLIC_ONLY, List.of(), List.of(), true)))
        .isEqualTo(new Decision.Denied("link_local"));
  }

  private static Decision decide(EgressPolicy policy) {
    return decide(policy, "169.254.169.254", 80);
  }

  @Test
  void closesWhatTheOperatorClosesThoughItIsOpenedToo() {
    EgressPolicy policy =
        TestPolicies.policy(
            Mode.PUBLIC_ONLY,
            List.of("10.0.0.0/8", "db.example!"),
            List.of("10.9.0.0/16", "203.0.114.0/24", "*.bad.example", "203.0.115.0/24:5432"),
            false);

    assertThat(decide(policy, "10.8.0.1", 5432)).isEqualTo(new Decision.Allowed(true));
    assertThat(decide(policy, "10.9.0.1", 5432)).isEqualTo(new Decision.Denied("operator_deny"));
    assertThat(decide(policy, PUBLIC, 443)).isEqualTo(new Decision.Denied("operator_deny"));
    assertThat(decide(policy, "203.0.115.1", 5432)).isEqualTo(new Decision.Denied("operator_deny"));
    assertThat(decide(policy, "203.0.115.1", 5433)).isEqualTo(new Decision.Allowed(false));
    assertThat(policy.name(TestPolicies.to("x.bad.example", 443)))
        .isEqualTo(new Decision.Denied("operator_deny"));
    assertThat(
            policy.address(InetAddress.ofLiteral("10.9.0.1"), TestPolicies.to("db.example", 5432)))
        .isEqualTo(new Decision.Denied("operator_deny"));
  }

  @Test
  void anAllowListLetsNothingElseThrough() {
    EgressPolicy policy =
        TestPolicies.policy(Mode.ALLOW_LIST, List.of("203.0.114.0/24:5432"), List.of(), false);

    assertThat(decide(policy, PUBLIC, 5432)).isEqualTo(new Decision.Allowed(true));
    assertThat(decide(policy, PUBLIC, 5433)).isEqualTo(new Decision.Denied("not_listed"));
    assertThat(decide(policy, "1.1.1.1", 443)).isEqualTo(new Decision.Denied("not_listed"));
  }

  @Test
  void opensForOneOrganizationAlone() {
    EgressPolicy policy =
        new EgressPolicy(
            Mode.PUBLIC_ONLY,
            List.of(),
            List.of(),
            Map.of(TestPolicies.ORGANIZATION, TestPolicies.rules(List.of("10.30.0.0/16:5432"))),
            false,
            null,
            OwnPlaces.NONE);

    assertThat(decide(policy, "10.30.0.1", 5432)).isEqualTo(new Decision.Allowed(true));
    assertThat(
            policy.address(
                InetAddress.ofLiteral("10.30.0.1"),
                new Destination("10.30.0.1", 5432, Set.of(), TestPolicies.OTHER)))
        .isEqualTo(new Decision.Denied("private"));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, local_name",
    "a.localhost, local_name",
    "printer.local, local_name",
    "db.internal, local_name",
    "kubernetes.default.svc, local_name",
    "db.default.svc.cluster.local, local_name",
    "db, local_name",
    "metadata, metadata_name",
    "METADATA.google.internal, metadata_name",
    "instance-data, metadata_name",
    "'', host",
    "127.1, host",
    "2130706433, host",
    "0x7f.1, host",
    "0x7f000001, host",
    "0177.0.0.1, host",
    "127.000.000.001, host",
    "1.2.3.4.5, host",
    "1.2.3.256, host",
    "localhost., host",
    "h..example, host",
    "h_x.example, host",
    "h%2e.example, host",
    "'h.example,evil.example', host",
    "[1.2.3.4], host",
    "[::1, host",
    "fe80::1%eth0, host",
    "h。example, host",
  })
  void refusesNames(String host, String rule) {
    assertThat(STANDARD.name(TestPolicies.to(host, 5432))).isEqualTo(new Decision.Denied(rule));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db.example.com",
        "DB.Example.COM",
        "xn--bcher-kva.example",
        "1.1.1.1",
        "[2a00::1]"
      })
  void letsNamesThroughThatAddressesDecide(String host) {
    assertThat(STANDARD.name(TestPolicies.to(host, 5432))).isInstanceOf(Decision.Allowed.class);
  }

  @Test
  void anOpenedNameStillNeedsOpenedAddressesUnlessItIsTrusted() {
    EgressPolicy policy =
        TestPolicies.allowing("db.svc:1433", "trusted.svc!:1433", "*.corp.internal!");
    InetAddress address = InetAddress.ofLiteral("10.0.0.1");

    assertThat(policy.name(TestPolicies.to("db.svc", 1433))).isEqualTo(new Decision.Allowed(true));
    assertThat(policy.name(TestPolicies.to("db.svc", 1434)))
        .isEqualTo(new Decision.Denied("local_name"));
    assertThat(policy.address(address, TestPolicies.to("db.svc", 1433)))
        .isEqualTo(new Decision.Denied("private"));
    assertThat(policy.address(address, TestPolicies.to("trusted.svc", 1433)))
        .isEqualTo(new Decision.Allowed(true));
    assertThat(policy.address(address, TestPolicies.to("trusted.svc", 1434)))
        .isEqualTo(new Decision.Denied("private"));
    assertThat(policy.address(address, TestPolicies.to("a.corp.internal", 5432)))
        .isEqualTo(new Decision.Allowed(true));
    assertThat(
            policy.address(
                InetAddress.ofLiteral("169.254.169.254"), TestPolicies.to("trusted.svc", 1433)))
        .isEqualTo(new Decision.Denied("metadata"));
  }

  @Test
  void nothingOpensWhatBelongsToTheServiceItself() {
    OwnPlaces own =
        new OwnPlaces() {
          @Override
          public boolean isOwnName(String host, int port) {
            return host.equals("db.svc") && port == 5432;
          }

          @Override
          public Kind kind(byte[] address, int port) {
            return switch (port) {
              case 5432 -> Kind.PRIVATE;
              case 8443 -> Kind.SHARED;
              default -> Kind.FOREIGN;
            };
          }
        };
    EgressPolicy policy =
        new EgressPolicy(
            Mode.PUBLIC_ONLY,
            TestPolicies.rules(List.of("private:1-65535", "loopback:1-65535", "db.svc!:5432")),
            List.of(),
            Map.of(),
            true,
            null,
            own);
    Decision refused = new Decision.Denied("own_place");

    assertThat(decide(policy, "10.0.0.1", 5432)).isEqualTo(refused);
    assertThat(decide(policy, PUBLIC, 5432)).isEqualTo(refused);
    assertThat(decide(policy, "10.0.0.1", 8443)).isEqualTo(refused);
    assertThat(decide(policy, PUBLIC, 8443)).isEqualTo(new Decision.Allowed(false));
    assertThat(decide(policy, "10.0.0.1", 5433)).isEqualTo(new Decision.Allowed(true));
    assertThat(policy.name(TestPolicies.to("db.svc", 5432))).isEqualTo(refused);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0/33",
        "10.0.0.0/8:0",
        "10.0.0.0/8:5-4",
        "10.0.0.0/8:70000",
        "10.0.0/8",
        "h_x",
        "127.1",
        "*",
        "a b",
        "fd12::/129",
        "db.example:",
        "!"
      })
  void refusesEntriesThatAreNone(String entry) {
    assertThatIllegalArgumentException().isThrownBy(() -> Rule.of(entry));
  }

  private static EgressPolicy translating(String prefix) {
    return new EgressPolicy(
        Mode.PUBLIC_ONLY,
        List.of(),
        List.of(),
        Map.of(),
        false,
        new Nat64(Cidr.of(prefix)),
        OwnPlaces.NONE);
  }

  private static Decision decide(EgressPolicy policy, String address, int port) {
    return policy.address(InetAddress.ofLiteral(address), TestPolicies.to("h.example", port));
  }
}
