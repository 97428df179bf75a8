package io.coffer.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The instructions of the file that the image is built by. */
public final class Containerfile {

  static final Path FILE = Path.of("Containerfile");

  /**
   * One instruction.
   *
   * @param name for example {@code COPY}
   * @param words what stands behind it, without options
   */
  record Instruction(String name, List<String> words) {}

  private Containerfile() {}

  static List<Instruction> instructions() {
    try {
      return Files.readAllLines(FILE).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Containerfile::instruction)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is put into the image, as paths from the project's folder. */
  public static List<Path> sources() {
    return instructions().stream()
        .filter(instruction -> instruction.name().equals("COPY"))
        .flatMap(copy -> copy.words().subList(0, copy.words().size() - 1).stream())
        .map(Path::of)
        .toList();
  }

  private static Instruction instruction(String line) {
    List<String> words = List.of(line.strip().split("\\s+"));
    return new Instruction(
        words.getFirst(), words.stream().skip(1).filter(word -> !word.startsWith("--")).toList());
  }

  /** The words of an instruction that is there once. */
  static String only(String name) {
    List<String> found =
        instructions().stream()
            .filter(instruction -> instruction.name().equals(name))
            .map(instruction -> String.join(" ", instruction.words()))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(name + " stands there " + found.size() + " times");
    }
    return found.getFirst();
  }

  /** The lines of a file that say which paths a build sees. */
  static List<String> ignored(String file) {
    try {
      return Arrays.stream(Files.readString(Path.of(file)).split("\n", -1))
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
