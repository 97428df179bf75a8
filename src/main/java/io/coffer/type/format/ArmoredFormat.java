package io.coffer.type.format;

import java.util.Optional;

/**
 * Text in lines between a beginning and an end, as keys and certificates have it. It is stored with
 * the line ends of RFC 7468 as Unix writes them: OpenSSH reads no others.
 *
 * @param rule what the text has to keep
 */
record ArmoredFormat(Format rule) implements Format {

  @Override
  public Optional<String> check(String value) {
    return rule.check(value);
  }

  @Override
  public String normalize(String value) {
    return value.replace("\r\n", "\n");
  }
}
