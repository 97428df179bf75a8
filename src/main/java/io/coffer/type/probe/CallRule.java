package io.coffer.type.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP call and how its answer is read. All texts but those of {@code answers} may hold fields
 * in braces, see {@link FieldTemplate}; a header or parameter whose field is not set is left out.
 *
 * @param get the path of a GET, or null
 * @param post the path of a POST, or null
 * @param at the address that the path is joined to; what it already ends with is not repeated
 * @param within the hosts that the address must be one of, where it comes out of an answer; fields
 *     in braces stand for the host that they hold and its siblings
 * @param auth how the call is signed; null for not at all
 * @param headers further headers
 * @param form the parameters of a form that is sent
 * @param send the texts of a flat JSON object that is sent
 * @param jwt the assertion that stands as {@code {jwt}} in the rest of the call; null for none
 * @param large whether the answer is a list that may be larger than other answers
 * @param once whether it must not be sent a second time, whatever happens
 * @param take what the next call needs of this answer, by the name under which it gets it: a JSON
 *     pointer, or a parameter of a {@code WWW-Authenticate: Bearer} header as {@code challenge
 *     realm}
 * @param code JSON pointers to the provider's own word for what is wrong; the first that is there
 * @param expires JSON pointers to the time at which the secret ends, or {@code header} and a name
 * @param metadata what of the answer is kept and shown, by the name that it gets: JSON pointers to
 *     things that are neither secret nor about a person
 * @param answers what the answers mean, the first that fits; then what is usual among HTTP servers
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record CallRule(
    @Nullable String get,
    @Nullable String post,
    @Nullable String at,
    List<String> within,
    @Nullable AuthRule auth,
    Map<String, String> headers,
    Map<String, String> form,
    Map<String, String> send,
    @Nullable JwtRule jwt,
    boolean large,
    boolean once,
    Map<String, String> take,
    List<String> code,
    List<String> expires,
    Map<String, String> metadata,
    List<AnswerRule> answers) {

  public CallRule {
    within = Absent.list(within);
    headers = Absent.map(headers);
    form = Absent.map(form);
    send = Absent.map(send);
    take = Absent.map(take);
    code = Absent.list(code);
    expires = Absent.list(expires);
    metadata = Absent.map(metadata);
    answers = Absent.list(answers);
  }

  /** Every JSON pointer that is looked at in an answer. */
  public Set<String> pointers() {
    Set<String> all = new TreeSet<>(code);
    all.addAll(expires);
    all.addAll(take.values());
    all.addAll(metadata.values());
    answers.forEach(row -> all.addAll(row.json().keySet()));
    all.removeIf(pointer -> !pointer.startsWith("/"));
    return all;
  }

  /** The method that the call is made with. */
  public String method() {
    return get != null ? "GET" : "POST";
  }

  /** The path that the call goes to, or an address if it has no {@code at}. */
  public String target() {
    return get != null ? get : String.valueOf(post);
  }

  CallRule with(List<AnswerRule> others) {
    return new CallRule(
        get, post, at, within, auth, headers, form, send, jwt, large, once, take, code, expires,
        metadata, others);
  }
}
