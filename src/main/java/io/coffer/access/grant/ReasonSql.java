package io.coffer.access.grant;

/**
 * The texts behind reports of access. They read the rows that the decision reads, each for itself
 * instead of all together; a test holds the two against each other.
 */
final class ReasonSql {

  /**
   * Parameters: $1 principals, $2 kind, $3 id, $4 organization, $5 owner, $6 maker of the thing;
   * what a token adds: $7 whose it is, $8 member, $9 creator, $10 values of the teams claim, $11
   * organizations in which they count.
   */
  static final String REASONS =
      """
      with subject as (
        select p.id, p.disabled_at is not null as disabled, p.system_admin, m.roles,
          p.system_admin or m.principal is not null or coalesce(p.id = $7::uuid and $8::boolean,
            false) as inside,
          coalesce('creator' = any(m.roles), false)
            or coalesce(p.id = $7::uuid and $9::boolean, false) as creator
        from principal p
        left join membership m on m.principal = p.id and m.organization = $4::uuid
        where p.id = any($1::uuid[])),
      granted as (
        select g.*, case g.role when 'admin' then 7 when 'use' then 3 else 1 end as bits
        from access_grant g
        where g.resource_kind = $2::text and g.resource = $3::uuid
          and g.organization = $4::uuid),
      teams as (
        select s.id as principal, tm.team, 'row' as member_by
        from subject s join team_member tm on tm.principal = s.id
        union all
        select $7::uuid, t.id, 'token' from team t join organization o on o.id = t.organization
        where o.slug = any($11::text[]) and t.claim_value = any($10::text[]))
      select s.id as principal, s.disabled, s.inside, r.source, r.role, r.bits, r.needs,
        t.id as team, t.name as team_name, r.member_by
      from subject s left join lateral (
        select 'owner' as source, 'owner' as role, 7 as bits,
            case when not s.inside then 'membership' end as needs,
            null::uuid as team, null::text as member_by
          where s.id = $5::uuid
        union all
        select 'maker', 'creator', 7,
            case when not s.inside then 'membership' when not s.creator then 'creator' end,
            null, null
          where $5::uuid is null and s.id = $6::uuid
        union all
        select 'membership', held.role,
            case held.role when 'admin' then 7 when 'use' then 3 else 1 end, null, null, null
          from unnest(s.roles) as held (role)
          where $5::uuid is null and held.role in ('admin', 'use', 'read')
        union all
        select 'system_admin', 'system_admin', 5, null, null, null
          where s.system_admin and $5::uuid is null
        union all
        select 'grant', g.role, case when g.across and not s.inside then g.bits & 3 else g.bits end,
            case when not s.inside and not g.across then 'membership' end, null, null
          from granted g where g.principal = s.id
        union all
        select 'team_grant', g.role, g.bits, case when not s.inside then 'membership' end,
            g.team, member.member_by
          from granted g join teams member on member.team = g.team and member.principal = s.id) r on true
      left join team t on t.id = r.team
      order by s.id, r.needs nulls first, r.bits desc, r.source, t.name""";

  /** Everybody who is named by a reason that stands in rows; a condition over {@code p}. */
  static final String NAMED =
      """
      (p.id = $4::uuid
        or p.id in (select g.principal from access_grant g
          where g.resource_kind = $1::text and g.resource = $2::uuid)
        or p.id in (select tm.principal from access_grant g join team_member tm on tm.team = g.team
          where g.resource_kind = $1::text and g.resource = $2::uuid)
        or $4::uuid is null and (p.system_admin or p.id = $5::uuid
          or p.id in (select m.principal from membership m
            where m.organization = $3::uuid and m.roles && '{admin,use,read}'::varchar(16)[])))""";

  /**
   * A principal by id, or by a name that is known in the organization. Parameters as those of
   * {@link #NAMED}, then $6 id, $7 name, $8 who asks.
   */
  static final String FIND =
      """
      select p.id, p.user_name, p.kind, p.issuer is null as placeholder,
        p.disabled_at is not null as disabled
      from principal p
      where p.id = $6::uuid or p.user_name = $7::text and (p.id = $8::uuid or\s"""
          + NAMED
          + """
           or exists (select 1 from membership m
               where m.organization = $3::uuid and m.principal = p.id)
             or exists (select 1 from sighting s
               where s.organization = $3::uuid and s.principal = p.id)
             or exists (select 1 from team_member tm join team t on t.id = tm.team
               where t.organization = $3::uuid and tm.principal = p.id)
             or exists (select 1 from access_grant g
               where g.organization = $3::uuid and g.principal = p.id))
          order by p.id = $6::uuid desc nulls last limit 1""";

  static final String LIST =
      """
      select p.id, p.user_name, p.kind, p.issuer is null as placeholder,
        p.disabled_at is not null as disabled
      from principal p where\s"""
          + NAMED;

  private ReasonSql() {}
}
