-- Who did what: chains of events, one per writer, each row bound to the one before it by its hash.

-- The key holds the month because partitions are made by it; months are made ahead by the
-- application. The canonical bytes are not kept: they are built from the columns, so that an edit of
-- any column shows.
create table activity (
  writer         uuid        not null,
  sequence       bigint      not null,
  month          date        not null,
  -- Made of time, writer and sequence, so that its order is the order of time.
  id             uuid        not null,
  -- When the group was built that recorded it, by the database's clock ...
  time           timestamptz not null,
  -- ... and when it happened, by the clock of who did it.
  happened_at    timestamptz not null,
  actor_issuer   text,
  actor_subject  text,
  actor_kind     text,
  organization   uuid,
  target_kind    text,
  target_id      uuid,
  target_version integer,
  target_revision bigint,
  action         text        not null,
  outcome        text        not null,
  reason         text,
  request_id     text,
  client_address text,
  face           text,
  -- Lines of name=value, by name; null: none.
  details        text,
  hash           bytea       not null,
  constraint activity_pk primary key (writer, sequence, month)
) partition by range (month);

create index activity_of_organization on activity (organization, time desc, id desc);
create index activity_of_target on activity (target_id, time desc, id desc);
-- What says how a thing stands; uses, which are nearly all, have no details.
create index activity_of_changes on activity (target_id, target_revision desc)
  where details is not null;

-- Changes between their own transaction and the chain that takes them.
create table activity_outbox (
  id         uuid        not null,
  replica    uuid        not null,
  created_at timestamptz not null default now(),
  event      bytea       not null,
  constraint activity_outbox_pk primary key (id)
);

-- Each binds the heads of the chains written since the one before, and that one's tag.
create table activity_checkpoint (
  number    bigint      not null,
  time      timestamptz not null,
  writers   uuid[]      not null,
  sequences bigint[]    not null,
  hashes    bytea[]     not null,
  previous  bytea,
  tag       bytea       not null,
  constraint activity_checkpoint_pk primary key (number),
  constraint activity_checkpoint_first check ((number = 1) = (previous is null)),
  constraint activity_checkpoint_heads check (
    cardinality(writers) = cardinality(sequences) and cardinality(writers) = cardinality(hashes))
);

-- What is left of a chain's rows in a month that was dropped.
create table activity_stub (
  writer         uuid   not null,
  month          date   not null,
  first_sequence bigint not null,
  last_sequence  bigint not null,
  -- The hash before the first row; null: the chain began here.
  previous       bytea,
  hash           bytea  not null,
  tag            bytea  not null,
  constraint activity_stub_pk primary key (writer, month)
);

-- Work that one replica does at a time; by the database's clock alone.
create table activity_lease (
  name  text        not null,
  owner uuid,
  until timestamptz not null default '-infinity',
  constraint activity_lease_pk primary key (name)
);

insert into activity_lease (name) values ('checkpoint'), ('retention');
