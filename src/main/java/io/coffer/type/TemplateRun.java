package io.coffer.type;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.tree.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one rendering found out, and the budget it has. */
final class TemplateRun {

  private static final int MAX_STEPS = 5_000;

  private final Set<String> declared;
  private final Set<String> undefined = new LinkedHashSet<>();
  private List<TemplateError> errors = List.of();
  private @Nullable TemplateFault fault;
  private int steps;

  TemplateRun(Set<String> declared) {
    this.declared = declared;
  }

  /** The names that the template used and nothing defines. */
  Set<String> undefined() {
    return undefined;
  }

  /** What stopped the rendering from within; null if nothing did. */
  @Nullable TemplateFault fault() {
    return fault;
  }

  /** What the library complains of; its messages may hold values. */
  List<TemplateError> errors() {
    return errors;
  }

  String render(Jinjava engine, JinjavaConfig config, String template, Map<String, ?> values) {
    Context context = new Scope(engine.getGlobalContextCopy(), values, config);
    JinjavaInterpreter interpreter = new Interpreter(engine, context, config);
    JinjavaInterpreter.pushCurrent(interpreter);
    try {
      String output = interpreter.render(template);
      errors = interpreter.getErrorsCopy();
      return output;
    } catch (InterpretException e) {
      refuse(TemplateFault.FAILED);
      return "";
    } catch (StackOverflowError e) {
      refuse(TemplateFault.TOO_DEEP);
      return "";
    } finally {
      JinjavaInterpreter.popCurrent();
    }
  }

  /** Called for each node that is about to be rendered, once for every turn of a loop. */
  void step(Node node, JinjavaInterpreter interpreter) {
    if (++steps > MAX_STEPS) {
      refuse(TemplateFault.TOO_MUCH_WORK);
      throw new InterpretException(TemplateFault.TOO_MUCH_WORK.words());
    }
  }

  void undefined(String name) {
    undefined.add(name);
  }

  /** Remembers the first fault, since the library swallows exceptions. */
  void refuse(TemplateFault found) {
    if (fault == null) {
      fault = found;
    }
  }

  /** The outermost scope, which sees every filter and test that no other scope knows. */
  private final class Scope extends Context {

    Scope(Context parent, Map<String, ?> values, JinjavaConfig config) {
      super(parent, values, config.getDisabled());
    }

    @Override
    public @Nullable Filter getFilter(String name) {
      Filter filter = super.getFilter(name);
      if (filter == null) {
        refuse(TemplateFault.SYNTAX);
      }
      return filter;
    }

    @Override
    public @Nullable ExpTest getExpTest(String name) {
      ExpTest test = super.getExpTest(name);
      if (test == null) {
        refuse(TemplateFault.SYNTAX);
      }
      return test;
    }
  }

  /** Sees every name that an expression looks up. */
  private final class Interpreter extends JinjavaInterpreter {

    Interpreter(Jinjava application, Context context, JinjavaConfig config) {
      super(application, context, config);
    }

    @Override
    public @Nullable Object retraceVariable(String variable, int line, int position) {
      Object value = super.retraceVariable(variable, line, position);
      if (value == null && !declared.contains(variable)) {
        undefined.add(variable);
      }
      return value;
    }
  }
}
