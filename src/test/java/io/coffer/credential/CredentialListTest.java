package io.coffer.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CredentialListTest {

  private static final String KEY = "sk-proj-0123456789abcdefghijWXYZ";

  private Api admin;

  @BeforeEach
  void organization() {
    admin = Api.as("alice", Api.newOrganization(), "admin");
  }

  @Test
  void pagesThroughAllInAStableOrder() {
    for (int i = 0; i < 7; i++) {
      admin.created("c" + i, KEY);
    }
    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      var page =
          admin
              .list(
                  "?order_by=name&page_size=3&total=true"
                      + (cursor == null ? "" : "&cursor=" + cursor))
              .statusCode(200)
              .body("total", is(7))
              .extract();
      seen.addAll(page.path("items.name"));
      cursor = page.path("next_cursor");
    } while (cursor != null);
    assertThat(seen).containsExactly("c0", "c1", "c2", "c3", "c4", "c5", "c6");
  }

  @Test
  void pagesByAFieldThatMayBeNull() {
    admin.created("a", KEY);
    admin.created("b", KEY);
    String next = admin.list("?order_by=-last_used_at&page_size=1").extract().path("next_cursor");
    admin
        .list("?order_by=-last_used_at&page_size=1&cursor=" + next)
        .statusCode(200)
        .body("items", hasSize(1))
        .body("next_cursor", nullValue());
  }

  @Test
  void filters() {
    admin.created("Alpha", KEY);
    admin.created("beta_1", KEY);
    admin.created("gamma", KEY);
    admin.list("?name__icontains=ALP").body("items.name", contains("Alpha"));
    admin.list("?name__contains=a_1").body("items.name", contains("beta_1"));
    admin.list("?not__name=gamma").body("items.name", containsInAnyOrder("Alpha", "beta_1"));
    admin
        .list("?or__name=gamma&or__name__startswith=Al")
        .body("items.name", containsInAnyOrder("Alpha", "gamma"));
    admin.list("?type=openai&category=llm").body("items", hasSize(3));
    admin.list("?type__in=anthropic,gemini").body("items", hasSize(0));
    admin.list("?is_valid__isnull=true").body("items", hasSize(3));
    admin.list("?not__is_valid=true").body("items", hasSize(3));
    admin.list("?created_at__gt=2020-01-01").body("items", hasSize(3));
    admin.list("?created_at__lt=2020-01-01T00:00:00Z").body("items", hasSize(0));
    admin.list("?search=BETA").body("items.name", contains("beta_1"));
  }

  @Test
  void filtersByLabel() {
    admin
        .create(
            Map.of("name", "x", "type", "openai", "value", KEY, "labels", Map.of("env", "prod")))
        .statusCode(201);
    admin.created("y", KEY);
    admin.list("?label=env=prod").body("items.name", contains("x"));
    admin.list("?label=env").body("items.name", contains("x"));
    admin.list("?label=env=dev").body("items", hasSize(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?bogus=1",
        "?name__regex=a",
        "?sealed__contains=a",
        "?masked_content=a",
        "?plain__api_key=a",
        "?is_valid=maybe",
        "?id=not-a-uuid",
        "?created_at__gt=yesterday",
        "?created_at__icontains=2020",
        "?order_by=sealed",
        "?order_by=name,name,name,name",
        "?page_size=0",
        "?page_size=100000",
        "?page_size=x",
        "?cursor=AAAA",
        "?search=a&search=b",
        "?name=%00",
        "?deleted=perhaps",
        "?version__gt=99999999999999999999"
      })
  void refusesWhatTheListDoesNotUnderstand(String query) {
    admin.list(query).statusCode(400).body("type", is("urn:coffer:problem:invalid-query"));
  }

  @Test
  void refusesACursorOfAnotherList() {
    admin.created("a", KEY);
    admin.created("b", KEY);
    String next = admin.list("?order_by=name&page_size=1").extract().path("next_cursor");
    admin.list("?order_by=-name&page_size=1&cursor=" + next).statusCode(400);
  }
}
