package io.coffer.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table of credential types. */
@ApplicationScoped
class TypeRows {

  /** How definitions stand in the table; also how they are read back. */
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .build();

  // Rows that are there are left out before the identity column counts for them.
  private static final String INSERT =
      """
      insert into credential_type (%s id, slug, category, name, definition, managed)
      select %s p.id, p.slug, p.category, p.name, p.definition::jsonb, true
        from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
          as p (id, slug, category, name, definition, number)
       where not exists (select 1 from credential_type t where t.id = p.id)
       order by p.slug
          on conflict (id) do nothing
      """;
  private static final String INSERT_NUMBERED = INSERT.formatted("number,", "p.number,");
  private static final String INSERT_UNNUMBERED = INSERT.formatted("", "");

  // Replicas that start at once may both come here: the second one finds nothing changed.
  private static final String UPDATE =
      """
      update credential_type t
         set category = p.category, name = p.name, definition = p.definition::jsonb,
             definition_version = t.definition_version + 1, updated_at = now()
        from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
          as p (id, slug, category, name, definition, number)
       where t.id = p.id and t.managed and t.definition is distinct from p.definition::jsonb
      """;

  private static final String SELECT =
      """
      select id, number, slug, definition_version, managed, organization, definition::text as definition
        from credential_type
       where organization is null and managed
       order by slug
      """;

  private final Pool pool;

  TypeRows(Pool pool) {
    this.pool = pool;
  }

  /**
   * Makes the table say what the packs say, and reads it back. What a pack says is taken from the
   * pack and not from its row: whoever writes the database would else decide which fields are
   * secret. Rows without a pack, those of another release, stay, but for the names of packs.
   */
  Uni<List<CredentialType>> synchronize(List<TypeDefinition> packs) {
    Map<UUID, TypeDefinition> byId =
        packs.stream()
            .collect(Collectors.toMap(pack -> TypeIds.of(pack.slug()), Function.identity()));
    Set<String> slugs = packs.stream().map(TypeDefinition::slug).collect(Collectors.toSet());
    return pool.withTransaction(
        connection ->
            write(connection, INSERT_NUMBERED, packs, pack -> pack.awx() != null)
                .chain(
                    () -> write(connection, INSERT_UNNUMBERED, packs, pack -> pack.awx() == null))
                .chain(() -> write(connection, UPDATE, packs, _ -> true))
                .chain(() -> select(connection))
                .map(
                    rows ->
                        rows.stream()
                            .map(row -> asPacked(row, byId.get(row.id())))
                            .filter(
                                row -> byId.containsKey(row.id()) || !slugs.contains(row.slug()))
                            .toList()));
  }

  private static CredentialType asPacked(CredentialType row, @Nullable TypeDefinition pack) {
    return new CredentialType(
        row.id(),
        row.number(),
        pack == null ? row.slug() : pack.slug(),
        row.definitionVersion(),
        pack != null,
        row.organization(),
        pack == null ? row.definition() : definition(json(pack)));
  }

  private static Uni<Void> write(
      SqlConnection connection,
      String sql,
      List<TypeDefinition> packs,
      Predicate<TypeDefinition> filter) {
    return connection
        .preparedQuery(sql)
        .execute(parameters(packs.stream().filter(filter).toList()))
        .replaceWithVoid();
  }

  private static Tuple parameters(List<TypeDefinition> packs) {
    return Tuple.tuple()
        .addArrayOfUUID(packs.stream().map(pack -> TypeIds.of(pack.slug())).toArray(UUID[]::new))
        .addArrayOfString(packs.stream().map(TypeDefinition::slug).toArray(String[]::new))
        .addArrayOfString(packs.stream().map(pack -> pack.category().code()).toArray(String[]::new))
        .addArrayOfString(packs.stream().map(TypeDefinition::name).toArray(String[]::new))
        .addArrayOfString(packs.stream().map(TypeRows::json).toArray(String[]::new))
        .addArrayOfLong(packs.stream().map(TypeRows::number).toArray(Long[]::new));
  }

  private static Long number(TypeDefinition pack) {
    return pack.awx() == null ? 0L : pack.awx().number();
  }

  private static Uni<List<CredentialType>> select(SqlConnection connection) {
    return connection
        .query(SELECT)
        .execute()
        .map(
            rows -> {
              List<CredentialType> types = new ArrayList<>();
              for (Row row : rows) {
                types.add(type(row));
              }
              return List.copyOf(types);
            });
  }

  private static CredentialType type(Row row) {
    return new CredentialType(
        row.getUUID("id"),
        row.getLong("number"),
        row.getString("slug"),
        row.getInteger("definition_version"),
        row.getBoolean("managed"),
        row.getUUID("organization"),
        definition(row.getString("definition")));
  }

  static String json(TypeDefinition definition) {
    try {
      return JSON.writeValueAsString(definition);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a definition can always be written", e);
    }
  }

  static TypeDefinition definition(String json) {
    try {
      return JSON.readValue(json, TypeDefinition.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored type definition cannot be read", e);
    }
  }
}
