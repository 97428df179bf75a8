package io.coffer.type;

import io.quarkus.runtime.util.ClassPathUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Reads the built-in types from the packs on the class path. */
public final class TypePacks {

  private static final String FOLDER = "types";
  private static final String SUFFIX = ".yaml";

  private TypePacks() {}

  /**
   * All packs, sorted by slug. They are found by listing the folder, which also works within a jar,
   * so that a new pack is one new file.
   *
   * @throws UncheckedIOException if a pack cannot be read
   * @throws IllegalStateException if there are none, or a file is not named after its slug
   */
  public static List<TypeDefinition> load() {
    List<TypeDefinition> packs = new ArrayList<>();
    try {
      ClassPathUtils.consumeAsPaths(FOLDER, folder -> readAll(folder, packs));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (packs.isEmpty()) {
      throw new IllegalStateException("no credential types found on the class path");
    }
    packs.sort(Comparator.comparing(TypeDefinition::slug));
    return List.copyOf(packs);
  }

  /** One pack from YAML. */
  static TypeDefinition read(InputStream yaml) throws IOException {
    return PackYaml.read(yaml, TypeDefinition.class);
  }

  private static void readAll(Path folder, List<TypeDefinition> packs) {
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .map(TypePacks::readOne)
          .forEach(packs::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TypeDefinition readOne(Path file) {
    TypeDefinition pack;
    try (InputStream yaml = Files.newInputStream(file)) {
      pack = read(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException("the pack " + file.getFileName() + " cannot be read", e);
    }
    if (!file.getFileName().toString().equals(pack.slug() + SUFFIX)) {
      throw new IllegalStateException("the pack " + file.getFileName() + " has another slug");
    }
    return pack;
  }
}
