-- Checks of many credentials as one job, with what came of each.

alter table job
  -- When a part of it was done last, so that organizations take turns.
  add column worked_at timestamptz,
  add column cancelled boolean not null default false,
  -- Numbers the outcomes in the order in which they become visible.
  add column outcomes bigint not null default 0;

create index job_of_organization on job (organization, worked_at desc)
  where organization is not null;

create table validation_item (
  job        uuid not null,
  credential uuid not null,
  -- Null: nothing came of it yet.
  sequence   bigint,
  verdict    text,
  reason     text,
  usable     boolean,
  checked_at timestamptz,
  constraint validation_item_pk primary key (job, credential),
  constraint validation_item_job foreign key (job) references job (id) on delete cascade,
  constraint validation_item_outcome check ((sequence is null) = (verdict is null))
);

create unique index validation_item_in_order on validation_item (job, sequence)
  where sequence is not null;
create index validation_item_to_do on validation_item (job, credential) where sequence is null;
