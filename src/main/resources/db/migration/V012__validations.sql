-- What checks have shown, one row each; what stands in the credential is drawn from them.

create table validation (
  id            uuid        not null,
  credential    uuid        not null,
  -- The version of the value that was looked at.
  version       integer     not null,
  cause         text        not null,
  verdict       text        not null,
  reason        text        not null,
  usable        boolean,
  -- Another look may well differ.
  weak          boolean     not null,
  code          text,
  warnings      text[]      not null,
  tls           text,
  retry_after   integer,
  expires_at    timestamptz,
  metadata      jsonb       not null,
  -- Null: no call was made.
  probe         text,
  probe_version integer,
  took_ms       integer     not null,
  checked_at    timestamptz not null,
  constraint validation_pk primary key (id),
  constraint validation_credential_fk foreign key (credential) references credential (id),
  constraint validation_verdict_known check (verdict in ('valid', 'invalid', 'unknown', 'not_probed'))
);

create index validation_of_credential on validation (credential, checked_at desc, id desc);
create index validation_by_age on validation (checked_at);

alter table credential
  add column warnings varchar(32)[] not null default '{}',
  -- What the value says itself, or its provider; expires_at is what its users say.
  add column value_expires_at timestamptz;

-- What is due, and what nobody has put on the schedule yet.
create index credential_due on credential (next_check_at)
  where next_check_at is not null and deleted_at is null;
create index credential_unscheduled on credential (type)
  where next_check_at is null and deleted_at is null;
