package io.coffer.probe.http;

import io.coffer.egress.HttpAnswer;
import java.util.Optional;

/** What came back, as far as reading it needs. */
interface Answer {

  int status();

  /** The first value of a header, whatever the case of its name. */
  Optional<String> header(String name);

  byte[] body();

  static Answer of(HttpAnswer answer) {
    return new Answer() {
      @Override
      public int status() {
        return answer.status();
      }

      @Override
      public Optional<String> header(String name) {
        return answer.header(name);
      }

      @Override
      public byte[] body() {
        return answer.body();
      }
    };
  }
}
