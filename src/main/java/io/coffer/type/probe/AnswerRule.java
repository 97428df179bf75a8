package io.coffer.type.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one sort of answer means. All conditions that are set must hold. A row that says {@code
 * invalid} and nothing of the body holds for JSON bodies only: a page of HTML is a gateway's, not
 * the provider's.
 *
 * @param like the name of rows that several calls share, see {@link SharedRules}; alone in its row
 * @param host the hosts that answered, spelled as in {@link WhenRule#host()}
 * @param status the status codes, a class of them as {@code 5xx}
 * @param body what the body is
 * @param json by JSON pointer, what stands there; {@code *} for any member or element
 * @param headers by name, what the header holds
 * @param text what the body as a text holds, for answers that are no JSON
 * @param then what it means
 * @param reason why, one of the reasons of a verdict; null for {@code ok} and {@code next}
 * @param usable whether a real call would work now; null for what is usual with the reason
 * @param weak whether another look may well differ
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record AnswerRule(
    @Nullable String like,
    List<String> host,
    List<String> status,
    @Nullable Body body,
    Map<String, Match> json,
    Map<String, Match> headers,
    @Nullable Match text,
    @Nullable Then then,
    @Nullable String reason,
    @Nullable Usable usable,
    boolean weak) {

  public AnswerRule {
    host = Absent.list(host);
    status = Absent.list(status);
    json = Absent.map(json);
    headers = Absent.map(headers);
  }

  /** What a body is, whatever its content type claims. */
  public enum Body {
    JSON,
    HTML,
    EMPTY,
    OTHER;

    /** The word that stands in packs. */
    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What follows from an answer. */
  public enum Then {
    VALID,
    INVALID,
    UNKNOWN,
    /** The next call decides. */
    NEXT;

    /** The word that stands in packs. */
    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether a real call would work now. */
  public enum Usable {
    YES,
    NO,
    UNKNOWN;

    /** The word that stands in packs. */
    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
