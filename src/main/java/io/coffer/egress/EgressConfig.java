package io.coffer.egress;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where calls to places that users name may go, and how long they may take. */
@ConfigMapping(prefix = "coffer.egress")
public interface EgressConfig {

  /**
   * What may be called that no list names: {@code public-only}, every public address; {@code
   * allow-list}, nothing.
   */
  @WithDefault("public-only")
  Mode mode();

  /**
   * What is opened: blocks, addresses and names, each with a port or a range of ports if wanted,
   * such as {@code 10.20.0.0/16:5432-5439}, {@code fd12:3456::/48:5432}, {@code
   * db.corp.example:1433}, {@code *.corp.example}, and the words {@code loopback} and {@code
   * private}. Without ports, the usual ones of the service and those from 1024 on are meant, but
   * for some that are never usual. A name's addresses must be open too, unless {@code !} behind the
   * name says that whatever it resolves to is trusted.
   */
  Optional<List<String>> allow();

  /** What is closed, written as in {@code allow}; stands above every opening. */
  Optional<List<String>> deny();

  /**
   * Whether {@code allow} may open addresses at which clouds hand out identities, such as {@code
   * 169.254.169.254}. Whoever may create a credential may then ask there in this service's name.
   */
  @WithDefault("false")
  boolean allowMetadata();

  /**
   * The prefix under which the network embeds IPv4 addresses into IPv6, such as {@code
   * 64:ff9b::/96}; the embedded address is judged then. Left out, such addresses are refused.
   */
  Optional<String> nat64Prefix();

  /**
   * What becomes of a name with addresses that may be called and others that may not: {@code
   * refuse} it, or {@code filter} the others out.
   */
  @WithDefault("refuse")
  MixedAnswers mixedAnswers();

  /** What is opened for one organization, by its id. */
  Map<String, Organization> organizations();

  /** How names are looked up. */
  Lookup lookup();

  /** How HTTP is spoken. */
  Http http();

  /** How other protocols are spoken, those of databases for example. */
  Sockets sockets();

  /** What may be called that no list names. */
  enum Mode {
    PUBLIC_ONLY,
    ALLOW_LIST
  }

  /** What becomes of a name of which only some addresses may be called. */
  enum MixedAnswers {
    REFUSE,
    FILTER
  }

  /** What is opened for one organization. */
  interface Organization {

    /** What is opened besides {@code coffer.egress.allow}, written as there. */
    List<String> allow();
  }

  /** How names are looked up. */
  interface Lookup {

    /** How long a look-up may take. */
    @WithDefault("2s")
    Duration deadline();

    /** How many names are looked up at once. */
    @WithDefault("32")
    int atOnce();

    /** How many may wait for their turn; one more is refused at once. */
    @WithDefault("1000")
    int waiting();
  }

  /** How HTTP is spoken. */
  interface Http {

    /** How long a connection attempt may take. */
    @WithDefault("2s")
    Duration connectTimeout();

    /** How long the TLS handshake may take. */
    @WithDefault("3s")
    Duration tlsTimeout();
  }

  /** How other protocols are spoken. */
  interface Sockets {

    /** How many conversations there may be at once. */
    @WithDefault("64")
    int atOnce();

    /** How many there may be at once with one host and port. */
    @WithDefault("4")
    int perTarget();

    /** How many may wait for their turn; one more is refused at once. */
    @WithDefault("1000")
    int waiting();

    /** How long one may wait for its turn. */
    @WithDefault("2s")
    Duration turn();

    /** How long a connection attempt may take. */
    @WithDefault("3s")
    Duration connectTimeout();
  }
}
