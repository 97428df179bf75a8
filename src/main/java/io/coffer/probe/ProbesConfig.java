package io.coffer.probe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** How credentials are checked against whoever they are for. */
@ConfigMapping(prefix = "coffer.probes")
public interface ProbesConfig {

  /** How long one check may take with all its steps; a longer one ends with the reason timeout. */
  @WithDefault("20s")
  Duration deadline();

  /**
   * How long {@code POST …/validate} waits for the verdict where the request does not say; after
   * that it answers 202 and the check goes on.
   */
  @WithDefault("10s")
  Duration waitFor();

  /** How many checks one replica makes at a time. */
  @WithDefault("64")
  int atOnce();

  /** How many of them for one organization. */
  @WithDefault("16")
  int perOrganization();

  /** How many of them at one host. */
  @WithDefault("4")
  int perHost();

  /** How many checks may wait for their turn; one more is answered with 503. */
  @WithDefault("2000")
  int waiting();

  /** How many equal failures move {@code is_valid} where one alone shows little. */
  @WithDefault("3")
  int agreeing();

  /** How long before its end a value is called near expiry. */
  @WithDefault("14d")
  Duration nearExpiry();

  /** What is remembered, so that the same value is not sent to the same host again and again. */
  Remember remember();

  /** How verdicts are kept. */
  History history();

  /** When credentials are checked without anybody asking. */
  Schedule schedule();

  /** What is remembered, in memory only, and never the value itself. */
  interface Remember {

    /** How many verdicts; the oldest goes first. */
    @WithDefault("10000")
    int verdicts();

    /** How long a valid one counts. */
    @WithDefault("20m")
    Duration valid();

    /** How long an invalid one counts. */
    @WithDefault("5m")
    Duration invalid();

    /**
     * How long one that shows neither counts; a check that somebody asks for takes no older one.
     */
    @WithDefault("30s")
    Duration unknown();
  }

  /** How verdicts are kept. */
  interface History {

    /** How long a verdict stays in a credential's history. */
    @WithDefault("90d")
    Duration keep();
  }

  /** When credentials are checked without anybody asking. */
  interface Schedule {

    /** Whether they are. */
    @WithDefault("true")
    boolean enabled();

    /** How often each credential is checked while all is well; jittered by a fifth. */
    @WithDefault("24h")
    Duration interval();

    /** The same by the slug of a type, where it shall be another. */
    Map<String, Duration> intervals();

    /** How long until the next check after one that showed nothing; doubled each time. */
    @WithDefault("5m")
    Duration again();

    /** How often a replica looks for credentials that are due. */
    @WithDefault("10s")
    Duration poll();

    /** How long a replica may take for what it has taken on, before another one takes it over. */
    @WithDefault("5m")
    Duration lease();

    /** How many it takes on at a time. */
    @WithDefault("50")
    int batch();

    /** How many scheduled checks a minute one replica makes at one host. */
    @WithDefault("60")
    int perHostAMinute();

    /** How many scheduled checks a minute one replica makes for one organization. */
    @WithDefault("120")
    int perOrganizationAMinute();
  }
}
