package io.coffer.type;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.coffer.type.probe.AnswerRule;
import io.coffer.type.probe.AuthRule;
import io.coffer.type.probe.CallRule;
import io.coffer.type.probe.FieldTemplate;
import io.coffer.type.probe.HttpCase;
import io.coffer.type.probe.JwtRule;
import io.coffer.type.probe.WhenRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong with a declared probe: names that nothing stands behind, and above all
 * secrets where logs would keep them, or where they would go to an address that an answer names.
 */
final class ProbeCheck {

  private static final String JWT = "jwt";

  /** What every call may use: a text that is never the same twice. */
  private static final String NONCE = "nonce";

  private static final String FINGERPRINT = "public_key_sha256";

  private final TypeDefinition type;
  private final Set<String> ids;
  private final Set<String> secrets;
  private final List<String> problems = new ArrayList<>();

  private ProbeCheck(TypeDefinition type) {
    this.type = type;
    this.ids = type.fields().stream().map(FieldDefinition::id).collect(Collectors.toSet());
    this.secrets =
        type.fields().stream()
            .filter(FieldDefinition::secret)
            .map(FieldDefinition::id)
            .collect(Collectors.toSet());
  }

  static List<String> problems(TypeDefinition type) {
    ProbeDefinition probe = type.probe();
    if (probe == null || !probe.kind().equals(HttpCase.KIND)) {
      return List.of();
    }
    ProbeCheck check = new ProbeCheck(type);
    try {
      HttpCase.read(probe.setting()).forEach(check::oneCase);
    } catch (IllegalArgumentException e) {
      check.problems.add("probe: " + e.getMessage());
    }
    return check.problems;
  }

  private void oneCase(HttpCase one) {
    WhenRule when = one.when();
    Stream.of(
            when.set(),
            when.unset(),
            when.is().keySet(),
            when.starts().keySet(),
            when.host().keySet(),
            one.needs())
        .flatMap(Collection::stream)
        .forEach(id -> known(id, ids));
    Stream.of(one.ca(), one.control()).filter(Objects::nonNull).forEach(id -> known(id, ids));
    if (one.control() != null && !secrets.contains(one.control())) {
      problems.add("probe: only a secret field has a control, and " + one.control() + " is none");
    }
    if ((one.none() == null) == one.calls().isEmpty()) {
      problems.add("probe: a case has calls, or says why it has none");
    }
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < one.calls().size(); i++) {
      call(one.calls().get(i), taken, i == one.calls().size() - 1);
      taken.addAll(one.calls().get(i).take().keySet());
    }
  }

  private void call(CallRule call, Set<String> taken, boolean last) {
    if ((call.get() == null) == (call.post() == null)) {
      problems.add("probe: a call is a GET or a POST");
    }
    if (!call.form().isEmpty() && !call.send().isEmpty()) {
      problems.add("probe: a call sends a form or JSON");
    }
    Set<String> names = new HashSet<>(ids);
    names.addAll(taken);
    names.add(NONCE);
    address(call, taken);
    auth(call.auth());
    JwtRule jwt = call.jwt();
    if (jwt != null) {
      names.add(FINGERPRINT);
      templates(
          Stream.of(Stream.of(jwt.key()), values(jwt.header()), values(jwt.claims()))
              .flatMap(texts -> texts),
          names);
      templates(Stream.ofNullable(jwt.passphrase()), names);
      names.add(JWT);
    }
    Stream<@Nullable String> ofAuth = call.auth() == null ? Stream.of() : members(call.auth());
    templates(ofAuth.filter(Objects::nonNull).map(String::valueOf), names);
    templates(
        Stream.of(values(call.headers()), values(call.form()), values(call.send()))
            .flatMap(texts -> texts),
        names);
    answers(call, last);
  }

  private static Stream<@Nullable String> members(AuthRule auth) {
    return Stream.of(
        auth.token(),
        auth.user(),
        auth.password(),
        auth.service(),
        auth.region(),
        auth.keyId(),
        auth.secretKey(),
        auth.sessionToken());
  }

  private static Stream<String> values(Map<String, String> map) {
    return map.values().stream();
  }

  private void auth(@Nullable AuthRule auth) {
    if (auth != null && auth.kind() == AuthRule.Kind.HEADER && type.header().isEmpty()) {
      problems.add("probe: the type has no header to sign with");
    }
  }

  /** What stands in an address is in the logs of every server on the way. */
  private void address(CallRule call, Set<String> taken) {
    Set<String> names = new HashSet<>(ids);
    names.addAll(taken);
    List<String> used =
        templates(Stream.concat(Stream.ofNullable(call.at()), Stream.of(call.target())), names);
    used.stream()
        .filter(secrets::contains)
        .forEach(id -> problems.add("probe: the secret field " + id + " stands in an address"));
    if (used.stream().anyMatch(taken::contains) && call.within().isEmpty()) {
      problems.add("probe: nothing bounds the address that comes out of an answer");
    }
    templates(call.within().stream(), ids);
    String start = call.at() == null ? call.target() : call.at();
    if (!start.startsWith("{") && !start.startsWith("https://")) {
      problems.add("probe: an address begins with https:// or is a field's");
    }
  }

  private void answers(CallRule call, boolean last) {
    for (AnswerRule row : call.answers()) {
      if (row.then() == null) {
        problems.add("probe: a row of answers says what they mean");
      } else if (row.then() == AnswerRule.Then.NEXT && last) {
        problems.add("probe: no call follows the last one");
      }
    }
  }

  /** The names that templates use, all of which have to be known. */
  @CanIgnoreReturnValue
  private List<String> templates(Stream<String> texts, Set<String> names) {
    List<String> used =
        texts
            .map(FieldTemplate::parse)
            .flatMap(template -> template.references().stream())
            .map(FieldTemplate.Reference::name)
            .toList();
    used.forEach(name -> known(name, names));
    return used;
  }

  private void known(@Nullable String id, Set<String> names) {
    if (id != null && !names.contains(id)) {
      problems.add("probe names " + id + ", which the type does not have");
    }
  }
}
