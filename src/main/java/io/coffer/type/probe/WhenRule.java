package io.coffer.type.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What must hold of a credential's fields; all of it.
 *
 * @param set fields that have a value, be it their default
 * @param unset fields that have none
 * @param is by field, the values of which it has one
 * @param starts by field, the beginnings of which it has one; also of secret fields, since some
 *     services tell by it what a key is for
 * @param host by field that holds an address, the hosts of which it names one; {@code *.} at the
 *     beginning stands for one or more labels
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WhenRule(
    List<String> set,
    List<String> unset,
    Map<String, List<String>> is,
    Map<String, List<String>> starts,
    Map<String, List<String>> host) {

  static final WhenRule ALWAYS = new WhenRule(List.of(), List.of(), Map.of(), Map.of(), Map.of());

  public WhenRule {
    set = Absent.list(set);
    unset = Absent.list(unset);
    is = Absent.map(is);
    starts = Absent.map(starts);
    host = Absent.map(host);
  }

  WhenRule and(WhenRule other) {
    List<String> both = new ArrayList<>(set);
    both.addAll(other.set);
    List<String> neither = new ArrayList<>(unset);
    neither.addAll(other.unset);
    Map<String, List<String>> values = new LinkedHashMap<>(is);
    values.putAll(other.is);
    Map<String, List<String>> beginnings = new LinkedHashMap<>(starts);
    beginnings.putAll(other.starts);
    Map<String, List<String>> hosts = new LinkedHashMap<>(host);
    hosts.putAll(other.host);
    return new WhenRule(both, neither, values, beginnings, hosts);
  }
}
