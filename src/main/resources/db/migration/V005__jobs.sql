-- Work that outlives a request and a process: claimed by one replica at a time, resumed by any.

create table job (
  id          uuid        not null default gen_random_uuid(),
  kind        text        not null,
  -- Null: over all organizations.
  organization uuid,
  parameters  jsonb       not null,
  state       text        not null default 'waiting',
  -- The last object that was dealt with; null: none in this pass.
  "cursor"    uuid,
  total       bigint      not null,
  done        bigint      not null default 0,
  failed      bigint      not null default 0,
  -- Why it waits, a code; null: it does not.
  waits_for   text,
  created_by  text        not null,
  created_at  timestamptz not null default now(),
  started_at  timestamptz,
  finished_at timestamptz,
  -- Who works on it, and until when nobody else may; by the database's clock alone.
  lease_owner uuid,
  lease_until timestamptz,
  not_before  timestamptz,
  constraint job_pk primary key (id),
  constraint job_state_known check (state in ('waiting', 'running', 'done')),
  constraint job_finished_when_done check ((state = 'done') = (finished_at is not null)),
  constraint job_counts_positive check (total >= 0 and done >= 0 and failed >= 0)
);

create index job_to_do on job (created_at) where state <> 'done';

-- Two re-wraps at once would undo each other's work.
create unique index job_one_rewrap on job (kind) where kind = 'rewrap_keys' and state <> 'done';

-- What a job could not do.
create table job_failure (
  job       uuid        not null,
  object    uuid        not null,
  reason    text        not null,
  failed_at timestamptz not null default now(),
  constraint job_failure_pk primary key (job, object),
  constraint job_failure_job foreign key (job) references job (id) on delete cascade
);
