package io.coffer.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds a request while it is served prints nothing of it. */
class RequestTextsTest {

  private static final String SECRET = "sk-proj-0123456789abcdefghijWXYZ";
  private static final Content FIELDS =
      new Content(Map.of("api_key", TextNode.valueOf(SECRET)), null);
  private static final Content WHOLE = new Content(null, SECRET);

  @Test
  void printsNoContent() {
    assertThat(FIELDS).asString().doesNotContain(SECRET);
    assertThat(WHOLE).asString().doesNotContain(SECRET);
  }

  @Test
  void printsNothingOfARequestToMakeOrChange() {
    assertThat(
            new NewCredential(SECRET, "t", null, SECRET, true, null, WHOLE, null, Map.of(), false))
        .asString()
        .doesNotContain(SECRET);
    assertThat(new CredentialPatch(SECRET, SECRET, null, FIELDS, null, Map.of(), false))
        .asString()
        .doesNotContain(SECRET);
  }

  @Test
  void printsNoIdempotencyKey() {
    assertThat(new Idempotency.Key(SECRET, SECRET.getBytes(StandardCharsets.UTF_8)))
        .asString()
        .doesNotContain(SECRET);
  }
}
