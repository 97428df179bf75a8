package io.coffer.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.egress.OwnPlaces.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnPlaceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "postgresql://db.svc/coffer; db.svc:5432",
        "jdbc:postgresql://db.svc:6432/coffer?sslmode=verify-full; db.svc:6432",
        "postgresql://u:p@DB.svc:1,[fd12::1]:2,10.0.0.1/coffer; db.svc:1 fd12::1:2 10.0.0.1:5432",
        "https://id.example/realms/x; id.example:5432",
        "http://id.example; id.example:80",
        "nothing; ''",
      })
  void readsHostsAndPorts(String url, String expected) {
    String read =
        OwnPlace.read(url, 5432, Kind.PRIVATE).stream()
            .map(place -> place.host() + ':' + place.port())
            .reduce((a, b) -> a + ' ' + b)
            .orElse("");

    assertThat(read).isEqualTo(expected);
  }
}
