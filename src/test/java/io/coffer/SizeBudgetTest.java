package io.coffer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Files and methods of the product stay small enough to be read at once. */
class SizeBudgetTest {

  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final int FILE_P90 = 200;
  private static final int FILE_MAX = 400;
  private static final int METHOD_P90 = 20;
  private static final int METHOD_MAX = 50;

  /** Methods over the budget, each with its reason; none so far. */
  private static final Set<String> LONG_METHODS = Set.of();

  @Test
  void filesAreSmall() throws IOException {
    Map<String, Integer> lines = new TreeMap<>();
    for (Path file : sources()) {
      lines.put(SOURCES.relativize(file).toString(), Files.readAllLines(file).size());
    }
    assertThat(percentile90(lines)).isLessThanOrEqualTo(FILE_P90);
    assertThat(over(lines, FILE_MAX)).isEmpty();
  }

  @Test
  void methodsAreShort() throws IOException {
    Map<String, Integer> lines = methodLengths();
    assertThat(percentile90(lines)).isLessThanOrEqualTo(METHOD_P90);
    Map<String, Integer> over = over(lines, METHOD_MAX);
    over.keySet().removeAll(LONG_METHODS);
    assertThat(over).isEmpty();
  }

  private static Map<String, Integer> methodLengths() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, Integer> lengths = new TreeMap<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources()));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new MethodScanner(unit, positions, lengths).scan(unit, "");
      }
    }
    return lengths;
  }

  /** Notes the length of every method body under its class and name. */
  private static final class MethodScanner extends TreeScanner<@Nullable Void, String> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final Map<String, Integer> lengths;

    MethodScanner(
        CompilationUnitTree unit, SourcePositions positions, Map<String, Integer> lengths) {
      this.unit = unit;
      this.positions = positions;
      this.lengths = lengths;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, String outer) {
      return super.visitClass(type, outer + type.getSimpleName() + ".");
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, String owner) {
      if (method.getBody() != null) {
        LineMap map = unit.getLineMap();
        long first = map.getLineNumber(positions.getStartPosition(unit, method));
        long last = map.getLineNumber(positions.getEndPosition(unit, method));
        String name = owner + method.getName() + ":" + first;
        lengths.put(name, (int) (last - first + 1));
      }
      return super.visitMethod(method, owner);
    }
  }

  private static List<Path> sources() {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Integer> over(Map<String, Integer> sizes, int limit) {
    Map<String, Integer> over = new TreeMap<>(sizes);
    over.values().removeIf(size -> size <= limit);
    return over;
  }

  private static int percentile90(Map<String, Integer> sizes) {
    return sizes.values().stream().sorted().skip((long) (sizes.size() * 0.9)).findFirst().orElse(0);
  }
}
