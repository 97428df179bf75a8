package io.coffer.type.key;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The keys made for tests. */
public final class TestKeys {

  private TestKeys() {}

  /** One of them, by the name of its file. */
  public static String read(String name) {
    String path = "/keys/" + name + ".pem";
    try (InputStream file = Objects.requireNonNull(TestKeys.class.getResourceAsStream(path))) {
      return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
