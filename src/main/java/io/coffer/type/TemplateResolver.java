package io.coffer.type;

import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import java.beans.FeatureDescriptor;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import org.jspecify.annotations.Nullable;

/** Lets expressions look into maps and lists and run filters and tests; no methods, no beans. */
final class TemplateResolver extends ELResolver {

  private final ELResolver library = JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY;
  private final TemplateRun run;

  TemplateResolver(TemplateRun run) {
    this.run = run;
  }

  @Override
  public @Nullable Object getValue(ELContext context, @Nullable Object base, Object property) {
    if (base == null || base instanceof List) {
      return library.getValue(context, base, property);
    }
    context.setPropertyResolved(true);
    if (base instanceof Map<?, ?> map) {
      if (!map.containsKey(property)) {
        run.undefined("tower." + property);
      }
      return map.get(property);
    }
    // The library asks filters and tests for a property before it runs them.
    if (!runs(base)) {
      run.refuse(TemplateFault.UNSAFE);
    }
    return null;
  }

  @Override
  public @Nullable Object invoke(
      ELContext context,
      Object base,
      Object method,
      Class<?> @Nullable [] types,
      Object @Nullable [] arguments) {
    if (runs(base)) {
      return library.invoke(context, base, method, types, arguments);
    }
    run.refuse(TemplateFault.UNSAFE);
    context.setPropertyResolved(true);
    return null;
  }

  private static boolean runs(Object base) {
    return base instanceof Filter || base instanceof ExpTest;
  }

  @Override
  public Class<?> getType(ELContext context, @Nullable Object base, Object property) {
    return library.getType(context, base, property);
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {
    run.refuse(TemplateFault.UNSAFE);
  }

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return true;
  }

  @Override
  public @Nullable Iterator<FeatureDescriptor> getFeatureDescriptors(
      ELContext context, Object base) {
    return null;
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, Object base) {
    return Object.class;
  }
}
