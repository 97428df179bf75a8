package io.coffer.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Rows that were written once must verify for ever, so the bytes below never change. They were
 * worked out by another program, from the description in docs/activity.md.
 */
class GoldenEventBytesTest {

  private static final UUID WRITER = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

  private static final EventContent FULL =
      new EventContent(
          1_767_225_599_999_999L,
          "https://issuer.example",
          "pod-7",
          "workload",
          UUID.fromString("0f0e0d0c-0b0a-0908-0706-050403020100"),
          "credential",
          UUID.fromString("10111213-1415-1617-1819-1a1b1c1d1e1f"),
          3,
          12L,
          "use",
          "refused",
          "missing_role",
          "req-1",
          "2001:db8::1",
          "awx",
          "changed=name,value\ncount=2");

  private static final EventContent BARE =
      new EventContent(
          -1,
          null,
          "m\u00fcller \uD83D\uDD11",
          null,
          null,
          null,
          null,
          null,
          null,
          "chain_started",
          "done",
          null,
          null,
          null,
          null,
          null);

  @Test
  void anEventHasTheSameBytesForEver() {
    assertThat(hex(new EventBytes().of(FULL)))
        .isEqualTo(
            "000000080006474846203fff0000001668747470733a2f2f6973737565722e6578616d706c6500000005"
                + "706f642d3700000008776f726b6c6f6164000000100f0e0d0c0b0a090807060504030201000000000a63"
                + "726564656e7469616c00000010101112131415161718191a1b1c1d1e1f00000008000000000000000300"
                + "000008000000000000000c0000000375736500000007726566757365640000000c6d697373696e675f72"
                + "6f6c65000000057265712d310000000b323030313a6462383a3a31000000036177780000001a6368616e"
                + "6765643d6e616d652c76616c75650a636f756e743d32");
    assertThat(hex(new EventBytes().of(BARE)))
        .isEqualTo(
            "00000008ffffffffffffffffffffffff0000000c6dc3bc6c6c657220f09f9491ffffffffffffffffffff"
                + "ffffffffffffffffffffffffffff0000000d636861696e5f7374617274656400000004646f6e65ffffff"
                + "ffffffffffffffffffffffffffffffffff");
  }

  @Test
  void aChainHasTheSameIdsAndLinksForEver() {
    Hashes hashes = new Hashes();
    UUID first = StoredEvent.idOf(WRITER, 1, 1_767_225_600_000_000L);
    byte[] one = hashes.link(Hashes.beginning(), WRITER, 1, first, 1_767_225_600_000_000L, FULL);
    UUID second = StoredEvent.idOf(WRITER, 2, 1_767_225_600_000_001L);
    byte[] two = hashes.link(one, WRITER, 2, second, 1_767_225_600_000_001L, BARE);

    assertThat(first).hasToString("019b76da-a800-7000-8cdd-eeff00000001");
    assertThat(second).hasToString("019b76da-a800-7001-8cdd-eeff00000002");
    assertThat(hex(one))
        .isEqualTo("61997f853498e89ef58c1d4a7e2b7ac3afff10d073bc9ba4a0de799945dbe99c");
    assertThat(hex(two))
        .isEqualTo("daf046b0838d5f6b4f74c2431fd13fc324a41a53fa72a3703628373e30b6f784");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
