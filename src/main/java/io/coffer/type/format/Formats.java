package io.coffer.type.format;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The formats by the names that type definitions use. */
public final class Formats {

  private static final Map<String, Format> BY_NAME = table();

  private Formats() {}

  /** The format of that name, empty if there is none. */
  public static Optional<Format> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** All names, in alphabetical order. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  private static Map<String, Format> table() {
    Map<String, Format> table = new TreeMap<>();
    table.put("url", UrlFormat.ANY);
    table.put("https_url", UrlFormat.HTTPS);
    table.put("host", NetworkFormats::host);
    table.put("port", NetworkFormats::port);
    table.put("cidr", NetworkFormats::cidr);
    table.put("database_name", NetworkFormats::databaseName);
    table.put("certificate_name", NetworkFormats::certificateName);
    table.put("snowflake_account", NetworkFormats::snowflakeAccount);
    table.put("databricks_host", NetworkFormats::databricksHost);
    table.put("email", TextFormats::email);
    table.put("identifier", TextFormats::identifier);
    table.put("date", TextFormats::date);
    table.put("vault_id", TextFormats::vaultId);
    table.put("aws_region", TextFormats::awsRegion);
    table.put("aws_role_arn", TextFormats::awsRoleArn);
    table.put("uuid", TextFormats::uuid);
    table.put("json_object", new JsonObjectFormat());
    table.put("service_account_json", new ServiceAccountFormat());
    table.put("ssh_private_key", new ArmoredFormat(KeyFormats::sshPrivateKey));
    table.put("pem_private_key", new ArmoredFormat(KeyFormats::pemPrivateKey));
    table.put("pem_certificate", new ArmoredFormat(KeyFormats::pemCertificate));
    table.put("totp", new TotpFormat());
    table.put("card_number", new CardNumberFormat());
    return Collections.unmodifiableMap(table);
  }
}
