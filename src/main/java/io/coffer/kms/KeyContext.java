package io.coffer.kms;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a data key belongs to. A wrapped key opens only under the context that it was wrapped under,
 * and policies at the provider may demand parts of it.
 *
 * @param organization the tenant; null for keys that serve the whole installation
 * @param dataKeyId the id of the data key
 * @param purpose what the data key is for
 */
public record KeyContext(@Nullable UUID organization, UUID dataKeyId, KeyPurpose purpose) {

  public static final String ORGANIZATION = "coffer-organization";
  public static final String DATA_KEY = "coffer-data-key";
  public static final String PURPOSE = "coffer-purpose";

  /** Names and values as they go to the provider, sorted by name; not secret. */
  public SortedMap<String, String> asMap() {
    SortedMap<String, String> map = new TreeMap<>();
    map.put(DATA_KEY, dataKeyId.toString());
    map.put(PURPOSE, purpose.label());
    if (organization != null) {
      map.put(ORGANIZATION, organization.toString());
    }
    return Collections.unmodifiableSortedMap(map);
  }
}
