package io.coffer.activity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** How it is recorded who did what. */
@ConfigMapping(prefix = "coffer.activity")
public interface ActivityConfig {

  /** How many events may wait to be recorded; a use beyond that is answered with 503 at once. */
  @WithDefault("10000")
  int queue();

  /** The most events that one commit records. */
  @WithDefault("1000")
  int group();

  /** How long a use waits for its record, and how long one commit may take. */
  @WithDefault("2s")
  Duration deadline();

  /** For how long equal refusals are joined into one event with a count. */
  @WithDefault("1m")
  Duration joinRefusals();

  /** For how many months events are kept after their own; left out: for ever. */
  OptionalInt keepMonths();

  /**
   * How old events are before they are exported; less than half a minute may leave out events of a
   * replica that was held up.
   */
  @WithDefault("1m")
  Duration exportAfter();

  /**
   * How long one verification may work before it answers how far it got. It must be less than
   * {@code coffer.http.deadline}, which would end it without a word of what it found.
   */
  @WithDefault("20s")
  Duration verifyDeadline();

  /** How changes get from their own transactions into the record. */
  Outbox outbox();

  /** How the record is bound against being cut or rewritten. */
  Checkpoint checkpoint();

  /** How changes get from their own transactions into the record. */
  interface Outbox {

    /** How often a replica looks for changes that wait. */
    @WithDefault("1s")
    Duration poll();

    /** After what time any replica takes over the changes that another one left. */
    @WithDefault("10s")
    Duration takeOver();
  }

  /** How the record is bound against being cut or rewritten. */
  interface Checkpoint {

    /** How often a checkpoint is made while anything is recorded. */
    @WithDefault("1m")
    Duration interval();

    /** After how many events of one replica a checkpoint is made without waiting. */
    @WithDefault("100000")
    int events();

    /** For how long a replica that makes checkpoints keeps the others from it. */
    @WithDefault("30s")
    Duration lease();

    /** Whether each checkpoint is written to the log, from where it can be kept elsewhere. */
    @WithDefault("true")
    boolean log();
  }
}
