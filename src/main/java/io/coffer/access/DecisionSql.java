package io.coffer.access;

import java.util.List;

/** The texts of the {@link AccessDecision}. */
final class DecisionSql {

  /**
   * Who calls, unless it is disabled or no member of the selected organization: the bits of {@link
   * Rights} that its roles give it on what the selected organization owns, whether it is a creator
   * there, and its teams. Roles out of the token, $3 and $4, and out of rows add up. Parameters: $1
   * principal, $2 organization, $3 bits, $4 creator, $5 member by claim, $6 the membership must be
   * the only one, $7 values of the teams claim, $8 organizations that the token names: those in
   * which the teams count.
   */
  static final String WHO =
      """
      with who as materialized (
        select found.id, $2::uuid as organization, found.bits, found.creator, found.teams
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
              where cardinality($7::text[]) > 0
                and o.slug = any($8::text[]) and t.claim_value = any($7::text[])) as teams
          from principal p
          left join membership m on m.principal = p.id and m.organization = $2::uuid
          where p.id = $1::uuid and p.disabled_at is null offset 0) found
        where found.member)
      """;

  // A grant that does not reach across organizations counts for the members of its own, whichever
  // is selected. Each "offset 0" keeps the server from working out an expression once for every
  // mention of it.
  private static final String RIGHTS =
      """
      cross join who cross join lateral (
        select case when %1$s.deleted_at is null then held.bits
                    when held.bits & 4 <> 0 then 5
                    else 0 end as rights
        from (
          select case
            when %1$s.organization = who.organization then
              granted.bits
              | case when %1$s.owner = who.id then 7
                     when %1$s.owner is not null then 0
                     when who.creator and %1$s.created_by = who.id then 7
                     else who.bits end
            else granted.bits & 3 end as bits
          from (
            select coalesce(bit_or(
                case g.role when 'admin' then 7 when 'use' then 3 else 1 end), 0) as bits
            from access_grant g
            where g.resource_kind = '%2$s' and g.resource = %1$s.id
              and g.organization = %1$s.organization
              and (g.principal = who.id or g.team = any(who.teams))
              and (g.across or g.organization = who.organization
                or exists (select 1 from membership m
                  where m.principal = who.id and m.organization = g.organization)
                or exists (select 1 from organization named
                  where named.id = g.organization and named.slug = any($8::text[])))) granted
          offset 0) held
        offset 0) decision""";

  // What of "who" opens a way is asked for by itself: the server then leaves out a closed way
  // without looking at a single row of it.
  private static final List<String> WAYS =
      List.of(
          "{bits} <> 0 and %1$s.organization = $2::uuid and %1$s.owner is null",
          "%1$s.owner = $1::uuid and %1$s.organization = $2::uuid",
          "{creator} and {bits} = 0 and %1$s.created_by = $1::uuid and %1$s.owner is null"
              + " and %1$s.organization = $2::uuid",
          "%1$s.id in (select g.resource from access_grant g where g.resource_kind = '%2$s'"
              + " and (g.principal = $1::uuid or g.team = any(({teams}))))");

  private DecisionSql() {}

  static String from(String alias, String kind) {
    return " " + RIGHTS.formatted(alias, kind);
  }

  static List<String> ways(String alias, String kind) {
    return WAYS.stream()
        .map(
            way ->
                way.replace("{bits}", "(select w.bits from who w)")
                    .replace("{creator}", "(select w.creator from who w)")
                    .replace("{teams}", "(select w.teams from who w)::uuid[]")
                    .formatted(alias, kind))
        .toList();
  }
}
