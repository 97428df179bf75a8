-- What discoveries of databases have found: a snapshot each, and a row for each of its tables.

create table schema_snapshot (
  id           uuid        not null,
  credential   uuid        not null,
  -- The version of the value that logged in.
  version      integer     not null,
  dialect      text        not null,
  -- What was asked for: patterns to take in and to leave out.
  included     text[]      not null,
  excluded     text[]      not null,
  truncated    boolean     not null,
  table_count  integer     not null,
  column_count integer     not null,
  -- The schemas that could not be read, and the database's codes for it, in the same order.
  fault_schemas text[]     not null,
  fault_codes  text[]      not null,
  taken_at     timestamptz not null,
  constraint schema_snapshot_pk primary key (id),
  constraint schema_snapshot_credential_fk foreign key (credential) references credential (id),
  constraint schema_snapshot_faults check (cardinality(fault_schemas) = cardinality(fault_codes))
);

create index schema_snapshot_of_credential on schema_snapshot (credential, taken_at desc, id desc);

create table schema_table (
  snapshot    uuid    not null,
  -- Its place in the order of names, from 0.
  position    integer not null,
  catalog     text,
  schema      text,
  name        text    not null,
  kind        text    not null,
  -- Description, estimate of rows, columns and keys.
  content     jsonb   not null,
  -- The table's name and those of its columns in lower case, a line each: what a search looks through.
  names       text    not null,
  constraint schema_table_pk primary key (snapshot, position),
  constraint schema_table_snapshot_fk foreign key (snapshot) references schema_snapshot (id) on delete cascade
);
