package io.coffer.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What a verdict can say. */
class VerdictTest {

  @Property
  void onlyARefusalThatNamesTheValueMakesItInvalid(@ForAll Reason reason) {
    boolean namesTheValue =
        switch (reason) {
          case BAD_SECRET, EXPIRED, REVOKED_OR_DISABLED -> true;
          default -> false;
        };
    if (namesTheValue) {
      assertThat(Verdict.invalid(reason).usable()).isFalse();
    } else {
      assertThatIllegalArgumentException().isThrownBy(() -> Verdict.invalid(reason));
    }
  }

  @Property
  void troubleOnTheWayIsNeverDefinite(@ForAll Finding finding) {
    for (Reason reason :
        new Reason[] {
          Reason.NETWORK, Reason.DNS, Reason.TLS, Reason.TIMEOUT, Reason.UNDECRYPTABLE
        }) {
      assertThat(reason.fits(finding)).isEqualTo(finding == Finding.UNKNOWN);
    }
  }

  @Property
  void aProvidersCodeIsAWordWhateverItSent(@ForAll String raw) {
    String code = Verdict.valid().withCode(raw).code();
    if (code != null) {
      assertThat(code).matches("[A-Za-z0-9_.-]{1,64}");
    }
  }

  @Example
  void metadataIsBounded() {
    Map<String, String> much =
        IntStream.range(0, 100)
            .boxed()
            .collect(Collectors.toMap(i -> "name" + i, _ -> "x".repeat(1000)));
    Map<String, String> kept = Verdict.valid().withMetadata(much).metadata();
    assertThat(kept).hasSize(16);
    assertThat(kept.values()).allSatisfy(value -> assertThat(value).hasSize(256));
  }
}
