package io.coffer.bench;

import io.coffer.bench.HttpLoad.Requests;
import io.coffer.bench.Tenants.Tenant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One kind of request.
 *
 * @param name its name in tables
 * @param requests makes them
 * @param cpuTarget the application's CPU a request as a multiple of the base; 0: no target
 */
record Scenario(String name, Requests requests, double cpuTarget) {

  static final String BASE = "base: token checked anew";
  static final String USE = "use by id";
  static final String USE_MANY = "use of 20";

  /** The same as {@link #USE}, while the database takes longer for a commit. */
  static final String DELAYED = "use by id, commits slowed";

  static final int BATCH = 20;
  static final double ITEM_TARGET = 0.4;
  private static final double USE_TARGET = 1.6;

  /** An empty endpoint, as it is without anything and with a token. */
  static List<Scenario> floors(Tenants tenants) {
    return List.of(
        new Scenario("empty, no token", () -> Wire.get("/bench/open"), 0),
        new Scenario(
            "empty, token from the cache",
            () -> Wire.get("/bench/token", tenants.any().token()),
            0));
  }

  static Scenario base(Tenants tenants) {
    return new Scenario(BASE, () -> Wire.get("/bench/token", tenants.any().token()), 1);
  }

  static List<Scenario> all(Tenants tenants) {
    return List.of(
        new Scenario(USE, () -> useById(tenants.any()), USE_TARGET),
        new Scenario("use by type default", () -> useDefault(tenants.any()), 1.8),
        new Scenario(
            USE_MANY,
            () -> useMany(tenants.any()),
            USE_TARGET + (BATCH - 1) * ITEM_TARGET),
        new Scenario("metadata read", () -> read(tenants.any()), 1.5),
        new Scenario("list page of 50", () -> list(tenants.any()), 6),
        new Scenario("create", () -> create(tenants.any(), fresh("made")), 5),
        new Scenario("update", () -> update(tenants.any()), 5));
  }

  static Scenario delayed(Tenants tenants) {
    return new Scenario(DELAYED, () -> useById(tenants.any()), 0);
  }

  static byte[] create(Tenant tenant, String name) {
    return Wire.send(
        "POST",
        "/api/v1/credentials",
        tenant.token(),
        """
        {"name": "%s", "type": "%s", "value": "%s"}"""
            .formatted(name, type(), key()));
  }

  static byte[] setDefault(Tenant tenant, UUID id) {
    String path = "/api/v1/credentials/" + id + "/set-default";
    return Wire.send("POST", path, tenant.token(), "{}");
  }

  static String fresh(String prefix) {
    return prefix + '-' + UUID.randomUUID();
  }

  private static byte[] useById(Tenant tenant) {
    String path = "/api/v1/credentials/" + Tenants.anyCredential(tenant) + "/use";
    return Wire.send("POST", path, tenant.token(), "{}");
  }

  private static byte[] useDefault(Tenant tenant) {
    return Wire.send("POST", "/api/v1/use", tenant.token(), "{\"type\": \"openai\"}");
  }

  private static byte[] useMany(Tenant tenant) {
    String items =
        IntStream.range(0, BATCH)
            .mapToObj(i -> "{\"id\": \"" + Tenants.anyCredential(tenant) + "\"}")
            .collect(Collectors.joining(","));
    String body = "{\"credentials\": [" + items + "]}";
    return Wire.send("POST", "/api/v1/use", tenant.token(), body);
  }

  private static byte[] read(Tenant tenant) {
    return Wire.get("/api/v1/credentials/" + Tenants.anyCredential(tenant), tenant.token());
  }

  private static byte[] list(Tenant tenant) {
    return Wire.get("/api/v1/credentials?category=llm&page_size=50", tenant.token());
  }

  private static byte[] update(Tenant tenant) {
    return Wire.send(
        "PATCH",
        "/api/v1/credentials/" + Tenants.anyCredential(tenant),
        tenant.token(),
        "{\"value\": \"" + key() + "\"}");
  }

  /** All of one category in three types, so that a filter has something to leave out. */
  private static String type() {
    return List.of("openai", "openai", "anthropic", "elevenlabs")
        .get(ThreadLocalRandom.current().nextInt(4));
  }

  /** The length of a real key; it opens nothing. */
  private static String key() {
    return "sk-" + (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
  }
}
