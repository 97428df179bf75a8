package io.coffer.type;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import io.coffer.type.connection.ConnectionParts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the fields of a credential into the form in which its user wants them. Stateless. */
@ApplicationScoped
public class Renderer {

  /** Where the files of an injection are said to be, unless the receiver says otherwise. */
  public static final String DIRECTORY = "/run/coffer";

  /** As {@link #render(CredentialType, RenderForm, Map, SecretFields, String)}. */
  public Rendered render(
      CredentialType type, RenderForm form, Map<String, Object> plain, SecretFields secret) {
    return render(type, form, plain, secret, DIRECTORY);
  }

  /**
   * Renders a credential.
   *
   * @param plain its plain fields
   * @param secret its secret fields, opened, which stay the caller's to close
   * @param directory where the receiver will put files, without a slash at its end
   * @return a value that owns what is secret in it; the caller closes it
   * @throws TypeFailure.UnsupportedForm if the type does not have the form
   * @throws TypeFailure.IncompleteFields if fields are missing that the form needs
   * @throws TypeFailure.InvalidFields if a field cannot stand in the form
   * @throws TypeFailure.TemplateRefused if a template of the type fails
   */
  public Rendered render(
      CredentialType type,
      RenderForm form,
      Map<String, Object> plain,
      SecretFields secret,
      String directory) {
    TypeDefinition definition = type.definition();
    List<RenderForm> supported = forms(definition);
    if (!supported.contains(form)) {
      throw new TypeFailure.UnsupportedForm(form, supported);
    }
    RenderSource source = new RenderSource(definition, PlainFields.normalized(plain), secret);
    return new Rendered(
        form,
        switch (form) {
          case FIELDS -> source.all();
          case ENV -> env(definition, source);
          case FILE -> file(definition, source);
          case URL -> ConnectionForms.url(source);
          case JDBC -> ConnectionForms.jdbc(source);
          case HEADER -> header(definition, source);
          case INJECT -> inject(definition, source, directory);
        },
        leftOut(definition, form, source));
  }

  /** Clients read certificates and keys from files, which these forms are none. */
  private static List<String> leftOut(TypeDefinition type, RenderForm form, RenderSource source) {
    return switch (form) {
      case FIELDS, FILE, HEADER, INJECT -> List.of();
      case ENV -> source.keys().filter(id -> !type.env().containsValue(id)).toList();
      case URL, JDBC -> source.keys().toList();
    };
  }

  /** The forms that credentials of a type have, in a fixed order. */
  public static List<RenderForm> forms(TypeDefinition type) {
    List<RenderForm> forms = new ArrayList<>();
    for (RenderForm form : RenderForm.values()) {
      boolean has =
          switch (form) {
            case FIELDS -> true;
            case ENV -> !type.env().isEmpty();
            case FILE -> type.file() != null;
            case URL, JDBC -> !type.dialect().isEmpty();
            case HEADER -> !type.header().isEmpty();
            case INJECT -> type.injectors() != null;
          };
      if (has) {
        forms.add(form);
      }
    }
    return List.copyOf(forms);
  }

  /**
   * The credential of a database as a connection in typed parts, which the caller closes.
   *
   * @throws TypeFailure if the type is no database's, or the fields make no connection
   */
  public ConnectionParts connection(
      CredentialType type, Map<String, Object> plain, SecretFields secret) {
    if (type.definition().dialect().isEmpty()) {
      throw new TypeFailure.UnsupportedForm(RenderForm.URL, forms(type.definition()));
    }
    return ConnectionForms.parts(
        new RenderSource(type.definition(), PlainFields.normalized(plain), secret), RenderForm.URL);
  }

  private static Map<String, Object> env(TypeDefinition type, RenderSource source) {
    Map<String, Object> env = new LinkedHashMap<>();
    type.env()
        .forEach(
            (name, value) -> {
              if (value.contains("{{")) {
                String text = Templates.render("env." + name, value, source.bindings());
                if (!text.isEmpty()) {
                  env.put(name, SecretValue.ofText(text));
                }
              } else {
                source.find(value).ifPresent(found -> env.put(name, found));
              }
            });
    RenderedText.checkEnv(env);
    return env;
  }

  private static Map<String, Object> file(TypeDefinition type, RenderSource source) {
    FileRule rule = type.file();
    if (rule == null) {
      throw new IllegalStateException("the type has no file");
    }
    String field = rule.field();
    SecretValue content =
        field != null
            ? source.findForFile(field).orElseThrow(() -> RenderSource.missing(List.of(field)))
            : SecretValue.ofText(
                Templates.render(
                    "file.template", String.valueOf(rule.template()), source.bindings()));
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("name", fileName(rule, source));
    file.put("content", content);
    return file;
  }

  private static String fileName(FileRule rule, RenderSource source) {
    return Optional.ofNullable(rule.nameField())
        .flatMap(source::plain)
        .map(Object::toString)
        .orElse(rule.name());
  }

  private static Map<String, Object> header(TypeDefinition type, RenderSource source) {
    // If none fits, the first tells what it lacks.
    HeaderRule rule =
        type.header().stream()
            .filter(candidate -> HeaderRenderer.fits(candidate, source))
            .findFirst()
            .orElse(type.header().getFirst());
    return HeaderRenderer.headers(rule, source);
  }

  private static Map<String, Object> inject(
      TypeDefinition type, RenderSource source, String directory) {
    if (type.injectors() == null) {
      throw new IllegalStateException("the type has no injectors");
    }
    return new InjectorRenderer(type.injectors(), source.bindings(), directory).render();
  }
}
