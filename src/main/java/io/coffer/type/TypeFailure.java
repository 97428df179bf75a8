package io.coffer.type;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Why fields are refused or a credential cannot be rendered. Nothing in it repeats a value. Trying
 * again with the same input is of no use, but for {@link Busy}.
 */
public abstract sealed class TypeFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private TypeFailure(String message) {
    // Bad input is no news to whoever reads stack traces, and a cause might quote the input.
    super(message, null, false, false);
  }

  /** Whether the same request may succeed later: only if too much was waiting. */
  public boolean isRetryable() {
    return this instanceof Busy;
  }

  /** Too many slow checks are waiting already. */
  public static final class Busy extends TypeFailure {

    private static final long serialVersionUID = 1;

    public Busy() {
      super("too many checks are waiting");
    }
  }

  /** Fields that break rules of their type. */
  public static final class InvalidFields extends TypeFailure {

    private static final long serialVersionUID = 1;

    private final transient List<Violation> violations;

    public InvalidFields(List<Violation> violations) {
      super("fields break rules of their type: " + violations);
      this.violations = List.copyOf(violations);
    }

    public List<Violation> violations() {
      return violations;
    }

    /** The same rules, broken by what stands at another place of the request. */
    InvalidFields at(UnaryOperator<String> place) {
      return new InvalidFields(
          violations.stream().map(it -> it.at(place.apply(it.field()))).toList());
    }

    /** The same rules, with a hint behind the words on fields that are missing. */
    InvalidFields ofMissing(String hint) {
      return new InvalidFields(
          violations.stream().map(it -> it.isMissing() ? it.hinted(hint) : it).toList());
    }
  }

  /** A credential that lacks fields which this use needs. */
  public static final class IncompleteFields extends TypeFailure {

    private static final long serialVersionUID = 1;

    private final transient List<Violation> violations;

    public IncompleteFields(List<Violation> violations) {
      super("fields are missing: " + violations);
      this.violations = List.copyOf(violations);
    }

    public List<Violation> violations() {
      return violations;
    }
  }

  /** Fields that are too many bytes together. */
  public static final class ValueTooLarge extends TypeFailure {

    private static final long serialVersionUID = 1;

    private final int limit;

    public ValueTooLarge(int limit) {
      super("the fields are more than " + limit + " bytes together");
      this.limit = limit;
    }

    /** The limit in bytes of UTF-8. */
    public int limit() {
      return limit;
    }
  }

  /** A form of rendering that the type does not have. */
  public static final class UnsupportedForm extends TypeFailure {

    private static final long serialVersionUID = 1;

    private final RenderForm form;
    private final transient List<RenderForm> supported;

    public UnsupportedForm(RenderForm form, List<RenderForm> supported) {
      super("the type cannot be rendered as " + form.code());
      this.form = form;
      this.supported = List.copyOf(supported);
    }

    public RenderForm form() {
      return form;
    }

    /** The forms that the type has, in a fixed order. */
    public List<RenderForm> supported() {
      return supported;
    }
  }

  /** A template that does not render with the fields that are set. */
  public static final class TemplateRefused extends TypeFailure {

    private static final long serialVersionUID = 1;

    private final String place;
    private final TemplateFault fault;
    private final List<String> variables;

    public TemplateRefused(String place, TemplateFault fault, List<String> variables) {
      super("the template at " + place + ' ' + fault.words());
      this.place = place;
      this.fault = fault;
      this.variables = List.copyOf(variables);
    }

    /** Where the template stands in the type, for example {@code env.TOKEN}. */
    public String place() {
      return place;
    }

    public TemplateFault fault() {
      return fault;
    }

    /** The names that the template uses and nothing defines; empty for other faults. */
    public List<String> variables() {
      return variables;
    }
  }
}
