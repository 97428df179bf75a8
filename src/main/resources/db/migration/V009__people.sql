-- What clients read and write of organizations and their people.

alter table organization
  add column revision   bigint      not null default 1,
  add column updated_at timestamptz not null default now();

-- Who came with a token that names the organization. It gives no right, it only makes people known
-- to each other: a claim leaves no other trace.
create table sighting (
  organization  uuid        not null,
  principal     uuid        not null,
  first_seen_at timestamptz not null default now(),
  constraint sighting_pk primary key (organization, principal),
  constraint sighting_organization_fk foreign key (organization) references organization (id)
    on delete cascade,
  constraint sighting_principal_fk foreign key (principal) references principal (id)
);

create index access_grant_of_organization on access_grant (organization, principal)
  where principal is not null;
