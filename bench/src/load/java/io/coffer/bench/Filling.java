package io.coffer.bench;

import io.coffer.bench.Tenants.Tenant;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

/** Fills the store through the API: what is measured later was made as users make it. */
final class Filling {

  private static final int CONNECTIONS = 32;

  private final InetSocketAddress application;
  private final String jdbcUrl;

  Filling(InetSocketAddress application, String jdbcUrl) {
    this.application = application;
    this.jdbcUrl = jdbcUrl;
  }

  /** Makes so many credentials, spread over the tenants, with a default in each. */
  void fill(Tenants tenants, int credentials) {
    int[] made = {0};
    HttpLoad.Outcome outcome =
        HttpLoad.times(
            application,
            CONNECTIONS,
            credentials,
            () -> {
              Tenant tenant = tenants.all().get(made[0]++ % tenants.all().size());
              return Scenario.create(tenant, Scenario.fresh("bench"));
            });
    if (outcome.failures() > 0) {
      throw new IllegalStateException(outcome.failures() + " creates failed");
    }
    readIds(tenants);
    Iterator<Tenant> each = tenants.all().iterator();
    HttpLoad.Outcome defaults =
        HttpLoad.times(
            application,
            1,
            tenants.all().size(),
            () -> {
              Tenant tenant = each.next();
              return Scenario.setDefault(tenant, openai(tenant));
            });
    if (defaults.failures() > 0) {
      throw new IllegalStateException(defaults.failures() + " defaults failed");
    }
  }

  private void readIds(Tenants tenants) {
    for (int i = 0; i < tenants.all().size(); i++) {
      List<UUID> ids = tenants.all().get(i).credentials();
      query(
          "select c.id from credential c join organization o on o.id = c.organization"
              + " where o.slug = ?",
          "bench-" + i,
          ids);
    }
  }

  private UUID openai(Tenant tenant) {
    List<UUID> found = new ArrayList<>();
    query(
        "select c.id from credential c join credential_type t on t.id = c.type"
            + " where t.slug = 'openai' and c.organization ="
            + " (select organization from credential where id = ?::uuid) limit 1",
        tenant.credentials().getFirst().toString(),
        found);
    return found.getFirst();
  }

  private void query(String sql, String parameter, List<UUID> into) {
    try (Connection connection = DriverManager.getConnection(jdbcUrl, "postgres", "postgres");
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          into.add(rows.getObject(1, UUID.class));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets the database tidy up, so that it does not while something is measured. */
  void settle() {
    try (Connection connection = DriverManager.getConnection(jdbcUrl, "postgres", "postgres");
        var statement = connection.createStatement()) {
      statement.execute("vacuum analyze");
      statement.execute("checkpoint");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

}
