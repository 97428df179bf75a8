package io.coffer.schema;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much of a database a discovery reads, and how much of it is kept. */
@ConfigMapping(prefix = "coffer.schema")
interface SchemaConfig {

  /** How long a discovery may take. */
  @WithDefault("60s")
  Duration deadline();

  /** How long a request for a discovery waits for it before it is answered with 202. */
  @WithDefault("20s")
  Duration answerAfter();

  /** How many tables are read; what is beyond is left out, and the snapshot says so. */
  @WithDefault("5000")
  int maxTables();

  /** How many columns of one table are read. */
  @WithDefault("2000")
  int maxColumnsPerTable();

  /** How many columns are read in all. */
  @WithDefault("100000")
  int maxColumns();

  /** How many bytes may come from the database. */
  @WithDefault("67108864")
  long maxBytes();

  /** How many snapshots of a credential are kept. */
  @WithDefault("10")
  int keep();

  /** How many discoveries run at once. */
  @WithDefault("16")
  int atOnce();
}
