package io.coffer.access.issuer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may vouch for callers, and what their tokens may say. */
@ConfigMapping(prefix = "coffer.identity")
public interface IdentityConfig {

  /** The name of the issuer whose claims speak for everything unless it is said otherwise. */
  String DEFAULT_ISSUER = "default";

  /** The issuers of accepted access tokens, by a name of your choice; {@code default} is one. */
  Map<String, IssuerConfig> issuers();

  /** How often each issuer's keys are fetched; what a vanished key signed is refused then. */
  @WithDefault("60s")
  Duration keyPollInterval();

  /** For how long known keys still count when an issuer cannot be asked for them. */
  @WithDefault("1h")
  Duration keepKeysFor();

  /** The least time between two fetches of one issuer's keys for tokens with an unknown key. */
  @WithDefault("5s")
  Duration keyRefreshPause();

  /** The deadline of a request to an issuer. */
  @WithDefault("5s")
  Duration requestTimeout();

  /** By how much the issuers' clocks may differ from ours. */
  @WithDefault("30s")
  Duration clockSkew();

  /** How many checked tokens are remembered, so that they need not be checked again. */
  @WithDefault("10000")
  int maxCheckedTokens();

  /** How many people, workloads and organizations are remembered, so that they need no look-up. */
  @WithDefault("100000")
  int maxKnownPrincipals();

  /** One issuer. */
  interface IssuerConfig {

    /**
     * The issuer's address as it stands in its tokens' {@code iss}; keys are found by discovery
     * below it. Without it the entry does not count.
     */
    Optional<String> url();

    /** Where the keys are, for an issuer without a discovery document. */
    Optional<String> jwksUrl();

    /** What a token's {@code aud} must contain one of. */
    Optional<Set<String>> audience();

    /** Accepts tokens without any {@code aud}; never in production. */
    @WithDefault("false")
    boolean allowMissingAudience();

    /** The accepted signature algorithms. */
    @WithDefault("RS256,RS384,RS512,PS256,PS384,PS512,ES256,ES384,ES512,EdDSA")
    Set<String> algorithms();

    /** The accepted {@code typ} headers; {@code none} stands for a token without one. */
    @WithDefault("JWT,at+jwt")
    Set<String> types();

    /** The accepted {@code typ} claims, where a token has one; an ID token has another. */
    @WithDefault("Bearer")
    Set<String> tokenTypes();

    /** For how long after its issue a token is accepted, whatever its own expiry. */
    @WithDefault("15m")
    Duration maxTokenAge();

    /**
     * The name under which this issuer's people and workloads are stored, in place of its address;
     * for an issuer whose address changes.
     */
    Optional<String> recordedAs();

    /**
     * The name of the TLS configuration ({@code quarkus.tls.<name>}) for requests to the issuer.
     */
    Optional<String> tlsConfigurationName();

    /** A file with a token to send when asking for keys, as a Kubernetes API server wants it. */
    Optional<Path> tokenFile();

    /** The slug of the organization that tokens without an organization claim belong to. */
    Optional<String> organization();

    /** Where in the token the organizations are: a claim, or a path with {@code /} between. */
    @WithDefault("organization")
    String organizationClaim();

    /** Where in the token the roles are: claims, or paths with {@code /} between. */
    @WithDefault("roles")
    List<String> rolesClaims();

    /**
     * Which role a value of the roles claim gives. Left out, a value gives the role of its name;
     * once given, no other value counts. Either way {@code <organization>:<value>} gives the role
     * in that organization alone.
     */
    Map<String, String> roleMapping();

    /**
     * Where in the token the teams are: a claim, or a path with {@code /} between. A value counts
     * for the teams that have it as their claim value, in the organizations of the token.
     */
    @WithDefault("groups")
    String teamsClaim();

    /** Where in the token the user name is; the first that is there counts. */
    @WithDefault("preferred_username,upn,name")
    List<String> userNameClaims();

    /** What this issuer's claims may speak for. */
    SpeaksFor speaksFor();
  }

  /** What an issuer's claims may speak for; the default issuer's for all, others' for nothing. */
  interface SpeaksFor {

    /** The slugs of organizations, or {@code *} for all. */
    Optional<Set<String>> organizations();

    /** The names of roles, or {@code *} for all but {@code system_admin}. */
    Optional<Set<String>> roles();

    /** Values of the teams claim, or {@code *} for all. */
    Optional<Set<String>> teams();

    /** Whether the role {@code system_admin} counts. */
    Optional<Boolean> systemAdmin();

    /**
     * Whether its newcomers are recognized as the placeholders that were made for them, by the
     * claim {@code coffer.principals.bind-claim}.
     */
    Optional<Boolean> placeholders();
  }
}
