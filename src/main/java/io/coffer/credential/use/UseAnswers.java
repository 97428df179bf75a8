package io.coffer.credential.use;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coffer.web.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes values as JSON, in the clear or encrypted to a recipient. */
@ApplicationScoped
class UseAnswers {

  private final ObjectMapper mapper;

  UseAnswers(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** One value, or why there is none. */
  sealed interface Outcome {

    /** The value. */
    record Given(UsedValue value) implements Outcome {}

    /** Why there is none. */
    record Refused(Problem problem) implements Outcome {}
  }

  /** The answer about one credential; closes the value. */
  byte[] one(UsedValue value, @Nullable Recipient recipient) {
    try (value) {
      return json((json, out) -> writeObject(json, out, value, recipient));
    }
  }

  /** The answer about several, in the order in which they were asked for; closes the values. */
  byte[] many(List<Outcome> outcomes, @Nullable Recipient recipient) {
    return json(
        (json, out) -> {
          json.writeStartObject();
          json.writeArrayFieldStart("results");
          for (Outcome outcome : outcomes) {
            switch (outcome) {
              case Outcome.Given given -> {
                try (UsedValue value = given.value()) {
                  writeObject(json, out, value, recipient);
                }
              }
              case Outcome.Refused refused -> {
                json.writeStartObject();
                json.writeFieldName("problem");
                mapper.writeValue(json, refused.problem());
                json.writeEndObject();
              }
            }
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** Wipes values that will not be answered. */
  static void close(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Given given) {
        given.value().close();
      }
    }
  }

  private void writeObject(
      JsonGenerator json, OutputStream out, UsedValue value, @Nullable Recipient recipient)
      throws IOException {
    json.writeStartObject();
    value.writeHead(json);
    if (recipient == null) {
      value.writeValue(json, out);
    } else {
      json.writeStringField("jwe", recipient.encrypt(value));
    }
    json.writeEndObject();
  }

  /** Writes JSON with a generator and, for what must not become text, beneath it. */
  private interface Writing {
    void to(JsonGenerator json, OutputStream out) throws IOException;
  }

  private byte[] json(Writing writing) {
    try (WipedStream out = new WipedStream();
        JsonGenerator json = mapper.getFactory().createGenerator(out, JsonEncoding.UTF8)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      writing.to(json, out);
      json.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  /** Forgets what went through it. */
  private static final class WipedStream extends ByteArrayOutputStream {
    @Override
    public void close() {
      Arrays.fill(buf, (byte) 0);
    }
  }
}
