package io.coffer.activity;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * What of the configuration decides who may do what and how far the record can be believed, as the
 * first event of every chain tells it: which unsafe settings are allowed, which key wraps the data
 * keys, how long events are kept. Of the rules about issuers and their claims a digest tells that
 * they changed.
 */
final class RecordedSettings {

  private static final String ALLOW = "coffer.allow.";
  private static final String IDENTITY = "coffer.identity.";
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.,:/-]{1,1024}");

  private RecordedSettings() {}

  static Map<String, String> of(Config config, ActivityConfig activity) {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put(
        "keep_months",
        activity.keepMonths().isPresent() ? "" + activity.keepMonths().getAsInt() : "all");
    settings.put("checkpoint_interval", activity.checkpoint().interval().toString());
    settings.put("checkpoint_log", Boolean.toString(activity.checkpoint().log()));
    SortedMap<String, String> allowed = under(config, ALLOW);
    allowed.values().removeIf(value -> !value.equalsIgnoreCase("true"));
    settings.put("allowed", names(allowed.keySet()));
    value(config, "coffer.kms.provider").ifPresent(it -> settings.put("kms_provider", plain(it)));
    value(config, "coffer.kms.key-id").ifPresent(it -> settings.put("kms_key", plain(it)));
    settings.put("identity_sha256", digest(under(config, IDENTITY).toString()));
    return settings;
  }

  private static SortedMap<String, String> under(Config config, String prefix) {
    SortedMap<String, String> found = new TreeMap<>();
    for (String name : config.getPropertyNames()) {
      if (name.startsWith(prefix)) {
        value(config, name).ifPresent(it -> found.put(name.substring(prefix.length()), it));
      }
    }
    return found;
  }

  private static Optional<String> value(Config config, String name) {
    return config.getOptionalValue(name, String.class);
  }

  private static String names(Collection<String> names) {
    return names.isEmpty() ? "none" : plain(String.join(",", names));
  }

  /** Text that an event can hold; of any other its digest. */
  private static String plain(String text) {
    return PLAIN.matcher(text).matches() ? text : "sha256:" + digest(text);
  }

  private static String digest(String text) {
    byte[] digest = Hashes.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }
}
