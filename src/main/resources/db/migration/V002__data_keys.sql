-- Data keys, wrapped. The open keys exist in memory only.

create table data_key (
  id              uuid        not null,
  -- The tenant whose values it seals; null: it authenticates rows and serves every tenant. No
  -- foreign key: what a key once sealed may outlive its tenant, in backups too, and so does the row.
  organization    uuid,
  purpose         text        not null,
  -- The key-encryption key as the provider named it in its answer ...
  kek_provider    text        not null,
  kek_key_id      text        not null,
  -- ... and as configuration named it, an alias for example.
  kek_configured  text        not null,
  -- Null once destroyed: then nothing that it sealed ever opens again.
  wrapped         bytea,
  values_reserved bigint      not null default 0,
  state           text        not null default 'active',
  created_at      timestamptz not null,
  -- Until when it seals new values; null: made ahead and not yet in use. It opens for ever.
  expires_at      timestamptz,
  rewrapped_at    timestamptz,
  constraint data_key_pk primary key (id),
  constraint data_key_state_known check (state in ('active', 'retiring', 'destroyed')),
  constraint data_key_destroyed_is_gone check ((state = 'destroyed') = (wrapped is null)),
  constraint data_key_wrapped_length check (octet_length(wrapped) between 1 and 6144),
  constraint data_key_purpose_owner check ((purpose = 'values') = (organization is not null)),
  constraint data_key_reserved_positive check (values_reserved >= 0)
);

create index data_key_of_organization on data_key (organization, purpose, expires_at);
create index data_key_of_kek on data_key (kek_provider, kek_key_id, id);
