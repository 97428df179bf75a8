package io.coffer.access;

import java.util.List;

/** The texts of the {@link AccessDecision}. */
final class DecisionSql {

  /**
   * Who calls: the bits of {@link Rights} that its roles give it on what the selected organization
   * owns, whether it is a member there and a creator, and its teams. Roles out of the token, $3 and
   * $4, and out of rows add up. Parameters: $1 principal, $2 organization, $3 bits, $4 creator, $5
   * member by claim, $6 the membership must be the only one, $7 values of the teams claim, $8
   * organizations in which they count.
   */
  static final String WHO =
      """
      with who as materialized (
        select found.id, $2::uuid as organization, found.member,
               case when found.member then found.bits else 0 end as bits,
               found.member and found.creator as creator,
               found.teams
        from (
          select p.id,
            ($5::boolean or p.system_admin or m.principal is not null)
              and (not $6::boolean
                   or (select count(*) from membership o where o.principal = p.id) = 1) as member,
            $3::int | coalesce(case
                when 'admin' = any(m.roles) then 7
                when 'use' = any(m.roles) then 3
                when 'read' = any(m.roles) then 1
                else 0 end, 0)
              | case when p.system_admin then 5 else 0 end as bits,
            $4::boolean or coalesce('creator' = any(m.roles), false) as creator,
            array(
              select tm.team from team_member tm where tm.principal = p.id
              union all
              select t.id from team t join organization o on o.id = t.organization
              where o.slug = any($8::text[]) and t.claim_value = any($7::text[])) as teams
          from principal p
          left join membership m on m.principal = p.id and m.organization = $2::uuid
          where p.id = $1::uuid and p.disabled_at is null) found)
      """;

  // Read from the one row of "who" as scalars, not by a join: the server works each out once a
  // query, and the order of an index survives.
  private static final String ID = who("id");
  private static final String ORGANIZATION = who("organization");
  private static final String MEMBER = who("member");
  private static final String BITS = who("bits");
  private static final String CREATOR = who("creator");
  private static final String TEAMS = who("teams") + "::uuid[]";

  private static final String GRANTED =
      """
      coalesce((
        select bit_or(case g.role when 'admin' then 7 when 'use' then 3 else 1 end)
        from access_grant g
        where g.resource_kind = '%2$s' and g.resource = %1$s.id
          and g.organization = %1$s.organization
          and (g.principal = {id} or g.team = any({teams}))), 0)""";

  private static final String RIGHTS =
      """
      (select case
          when %1$s.deleted_at is null then held.bits
          when held.bits & 4 <> 0 then 5
          else 0 end
        from (
          select case
            when %1$s.organization = {organization} and {member} then
              case when %1$s.owner = {id} then 7
                   when %1$s.owner is not null then 0
                   when {creator} and %1$s.created_by = {id} then 7
                   else {bits} end
              | granted.bits
            else granted.bits & 3 end as bits
          from (select %2$s as bits) granted) held)""";

  private static final List<String> WAYS =
      List.of(
          "{bits} <> 0 and %1$s.organization = $2::uuid and %1$s.owner is null",
          "%1$s.owner = $1::uuid and %1$s.organization = $2::uuid",
          "{creator} and {bits} = 0 and %1$s.created_by = $1::uuid and %1$s.owner is null"
              + " and %1$s.organization = $2::uuid",
          "%1$s.id in (select g.resource from access_grant g where g.resource_kind = '%2$s'"
              + " and (g.principal = $1::uuid or g.team = any({teams})))");

  private DecisionSql() {}

  static String rights(String alias, String kind) {
    return filled(RIGHTS).formatted(alias, filled(GRANTED).formatted(alias, kind));
  }

  static List<String> ways(String alias, String kind) {
    return WAYS.stream().map(way -> filled(way).formatted(alias, kind)).toList();
  }

  private static String filled(String text) {
    return text.replace("{id}", ID)
        .replace("{organization}", ORGANIZATION)
        .replace("{member}", MEMBER)
        .replace("{bits}", BITS)
        .replace("{creator}", CREATOR)
        .replace("{teams}", "(" + TEAMS + ")");
  }

  private static String who(String column) {
    return "(select w." + column + " from who w)";
  }
}
