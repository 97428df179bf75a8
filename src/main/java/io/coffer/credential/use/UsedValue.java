package io.coffer.credential.use;

import com.fasterxml.jackson.core.JsonGenerator;
import io.coffer.secret.SecretValue;
import io.coffer.type.RenderForm;
import io.coffer.type.Rendered;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A value on its way out; whoever holds it closes it.
 *
 * @param credential whose value it is
 * @param type the slug of its type
 * @param form how it looks
 * @param rendered the value itself
 */
record UsedValue(UsableCredential credential, String type, RenderForm form, Rendered rendered)
    implements AutoCloseable {

  /** Writes the members that say what the value is, without the value. */
  void writeHead(JsonGenerator json) throws IOException {
    json.writeStringField("id", credential.id().toString());
    json.writeStringField("name", credential.name());
    json.writeStringField("type", type);
    json.writeNumberField("version", credential.version());
    json.writeStringField("as", form.code());
    if (!rendered.leftOut().isEmpty()) {
      json.writeArrayFieldStart("left_out");
      for (String id : rendered.leftOut()) {
        json.writeString(id);
      }
      json.writeEndArray();
    }
  }

  /**
   * Writes the member that is the value, named as its form. The bytes go to the stream beneath the
   * generator, so that no text is made of them.
   */
  void writeValue(JsonGenerator json, OutputStream out) throws IOException {
    try (SecretValue whole = rendered.json()) {
      byte[] object = whole.revealBytes();
      try {
        if (form == RenderForm.URL) {
          // {"url":"…"} already has the name that the member shall have.
          json.writeRaw(',');
          json.flush();
          out.write(object, 1, object.length - 2);
        } else {
          json.writeFieldName(form.code());
          json.writeRawValue("");
          json.flush();
          out.write(object);
        }
      } finally {
        Arrays.fill(object, (byte) 0);
      }
    }
  }

  @Override
  public void close() {
    rendered.close();
  }

  @Override
  public String toString() {
    return "UsedValue[" + credential + " as " + form.code() + ']';
  }
}
