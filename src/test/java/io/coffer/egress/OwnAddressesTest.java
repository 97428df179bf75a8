package io.coffer.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.egress.OwnPlaces.Kind;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class OwnAddressesTest {

  @Inject OwnAddresses own;

  @TestHTTPResource("/")
  URI listening = URI.create("http://localhost");

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String database = "";

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1"})
  void knowsWhereItListens(String address) {
    byte[] bytes = InetAddress.ofLiteral(address).getAddress();

    assertThat(own.kind(bytes, listening.getPort())).isEqualTo(Kind.PRIVATE);
    assertThat(own.kind(bytes, listening.getPort() + 1)).isEqualTo(Kind.FOREIGN);
  }

  @Test
  void knowsItsDatabaseByNameAndByAddress() {
    int port = URI.create(database).getPort();

    assertThat(own.isOwnName("localhost", port)).isTrue();
    assertThat(own.isOwnName("localhost", port + 1)).isFalse();
    assertThat(own.kind(new byte[] {127, 0, 0, 1}, port)).isEqualTo(Kind.PRIVATE);
  }
}
