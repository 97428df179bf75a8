package io.coffer.type.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          url | http://example.com:8080/a?b=c
          url | https://[2606:4700::1]/
          https_url | https://login.example.com/oauth/token
          host | db.example.com
          host | localhost
          host | 10.1.2.3
          host | 2606:4700::1
          host | [2606:4700::1]
          port | 5432
          database_name | my db_1
          database_name | größe
          certificate_name | *.example.net
          snowflake_account | org-acct_1
          snowflake_account | xy12345.eu-central-1.aws
          databricks_host | adb-1.2.azuredatabricks.net
          cidr | 10.0.0.0/8
          cidr | 2606:4700::/32
          email | first.last+tag@mail.example.com
          identifier | my_role-1.x
          date | 2028-02-29
          vault_id | prod
          aws_region | eu-central-1
          aws_region | us-gov-west-1
          aws_role_arn | arn:aws:iam::123456789012:role/path/name
          aws_role_arn | arn:aws-us-gov:iam::123456789012:role/name
          uuid | 0b5c1a1e-7a3e-4d0a-9f53-0c1f2d3e4f50
          json_object | {"a":[1,{"b":null}]}
          card_number | 4111 1111 1111 1111
          card_number | 378282246310005
          """)
  void acceptsWhatKeepsTheFormat(String format, String value) {
    assertThat(Formats.find(format).orElseThrow().check(value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          url | ftp://example.com/
          url | example.com
          url | https:///path
          url | https://user:pw@example.com/
          url | https://example.com/#top
          url | https://example.com:99999/
          url | https://exämple.com/
          url | https://0x7f000001/
          https_url | http://example.com/
          https_url | file:///etc/passwd
          https_url | ../../x
          https_url | \\\\srv\\x
          host | db.example.com:5432
          host | a,b
          host | 127.1
          host | -a.example
          host | a b
          host | fe80::1%eth0
          host | https://db.example.com
          port | 0
          database_name | d?host=evil
          database_name | a/b
          database_name | ..
          certificate_name | *.*.net
          certificate_name | a b
          snowflake_account | evil.example/x
          snowflake_account | a.snowflakecomputing.com.evil
          databricks_host | azuredatabricks.net.evil.example
          databricks_host | h.azuredatabricks.net:443
          port | 65536
          port | 05432
          port | +1
          cidr | 10.0.0.1/8
          cidr | 10.0.0.0/33
          cidr | example.com/8
          email | a@b@example.com
          email | @example.org
          email | a b@example.com
          email | .a@example.com
          identifier | 1a
          date | 2027-02-29
          date | 2027-2-1
          vault_id | a b
          aws_region | Frankfurt
          aws_role_arn | arn:aws:iam::1:role/name
          uuid | 0b5c1a1e7a3e4d0a9f530c1f2d3e4f50
          json_object | [1]
          json_object | {"a":1,"a":2}
          json_object | {"a":1} x
          card_number | 4111 1111 1111 1112
          card_number | 4111
          card_number | 4111x11111111111
          """)
  void refusesWhatBreaksTheFormatWithoutRepeatingIt(String format, String value) {
    assertThat(Formats.find(format).orElseThrow().check(value))
        .hasValueSatisfying(rule -> assertThat(rule).doesNotContain(value));
  }

  @Test
  void knowsNothingOfAnUnknownName() {
    assertThat(Formats.find("colour")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "4111111111111111, visa, 1111",
    "5555 5555 5555 4444, mastercard, 4444",
    "2223003122003222, mastercard, 3222",
    "378282246310005, amex, 0005",
    "6011111111111117, discover, 1117",
    "30569309025904, diners, 5904",
    "3530111333300000, jcb, 0000",
    "6200000000000005, unionpay, 0005",
    "1234567812345670, unknown, 5670"
  })
  void tellsBrandAndLastFourOfACard(String number, String brand, String lastFour) {
    assertThat(CardNumber.of(number)).isEqualTo(new CardNumber(brand, lastFour));
  }

  @Test
  void storesACardNumberAsDigits() {
    assertThat(Formats.find("card_number").orElseThrow().normalize("4111-1111 11111111"))
        .isEqualTo("4111111111111111");
  }
}
