package io.coffer.activity;

import io.coffer.activity.verify.OfflineVerify;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Arrays;

/** Serves, or with the word {@code verify} reads the record without starting anything. */
@QuarkusMain
public final class Main {

  private Main() {}

  public static void main(String... args) {
    if (args.length > 0 && args[0].equals("verify")) {
      System.exit(
          new OfflineVerify(System.out, System.getenv())
              .run(Arrays.asList(args).subList(1, args.length)));
    }
    Quarkus.run(args);
  }
}
