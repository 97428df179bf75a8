package io.coffer.kms.local;

import io.coffer.kms.GeneratedKey;
import io.coffer.kms.KmsSetupFailure;
import io.coffer.secret.SecretValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of key files: 32 random bytes each, readable by their owner alone. */
final class KeyFiles {

  private static final String PROPERTY = "coffer.kms.local.directory";
  private static final String SUFFIX = ".key";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path directory;
  private final SecureRandom random = new SecureRandom();

  KeyFiles(Path directory) {
    this.directory = directory;
  }

  /** The names of the keys that have a file. */
  List<String> names() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .filter(name -> NAME.matcher(name).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable();
    }
  }

  /**
   * Reads a key; empty if it has no file.
   *
   * @throws KmsSetupFailure if the file is open to others, or is no key
   */
  Optional<SecretValue> read(String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    Path file = directory.resolve(name + SUFFIX);
    try {
      requireOwnerOnly(file);
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length != GeneratedKey.LENGTH) {
        Arrays.fill(bytes, (byte) 0);
        throw new KmsSetupFailure(
            PROPERTY, "key file '" + name + "' has not 32 bytes", "Put the right file back.");
      }
      return Optional.of(SecretValue.takeOwnershipOf(bytes));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable();
    }
  }

  /** Makes a key unless it is there; of several processes that try at once, one succeeds. */
  void create(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new KmsSetupFailure(
          "coffer.kms.key-id", "is no name of a key file", "Use letters, digits, '.', '_', '-'.");
    }
    Path file = directory.resolve(name + SUFFIX);
    if (Files.exists(file)) {
      return;
    }
    byte[] bytes = new byte[GeneratedKey.LENGTH];
    random.nextBytes(bytes);
    Path draft = directory.resolve(name + '.' + UUID.randomUUID() + ".new");
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      write(draft, bytes);
      // A link, unlike a move, never replaces a key that another process made meanwhile.
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      return;
    } catch (IOException e) {
      throw new KmsSetupFailure(PROPERTY, "a key file cannot be made", "Make the folder writable.");
    } finally {
      Arrays.fill(bytes, (byte) 0);
      discard(draft);
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel =
        FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        int _ = channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static void discard(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      // The draft is as private as the key; what stays behind opens nothing by itself.
      draft.toFile().deleteOnExit();
    }
  }

  private static void requireOwnerOnly(Path file) throws IOException {
    Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    permissions.removeAll(OWNER_ONLY);
    if (!permissions.isEmpty()) {
      throw new KmsSetupFailure(
          PROPERTY,
          "key file '" + file.getFileName() + "' is open to others",
          "Give it mode 0600, and replace the key if somebody may have read it.");
    }
  }

  private static KmsSetupFailure unreadable() {
    return new KmsSetupFailure(PROPERTY, "cannot be read", "Make it readable for this user.");
  }
}
