package io.coffer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.Test;

class TestIssuerTest {

  @Test
  void publishesTheKeyThatItsTokensAreSignedWith() throws Exception {
    try (TestIssuer issuer = TestIssuer.start();
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(issuer.url() + "/keys")).build();
      String published = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      assertThat(published).doesNotContain("\"d\"");

      JsonWebSignature signature = new JsonWebSignature();
      signature.setCompactSerialization(issuer.tokensOf("alice").roles("admin").sign());
      signature.setKey(new JsonWebKeySet(published).getJsonWebKeys().getFirst().getKey());
      assertThat(signature.verifySignature()).isTrue();
      assertThat(signature.getPayload()).contains("\"roles\":[\"admin\"]");
    }
  }
}
