-- A grant counts for members of the thing's organization; one made to reach across organizations
-- counts for whoever comes from another one, too. No such grant lets anybody administer.
alter table access_grant
  add column across boolean not null default false,
  -- Why somebody gave itself a right that it lacked; null: nobody had to say.
  add column reason varchar(512),
  add constraint access_grant_across_limits check (
    not across or (principal is not null and role <> 'admin'));
