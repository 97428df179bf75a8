-- What readers take for a JSON object, an array without holes or a point in time is nothing else.
--
-- Not valid: rows that stand already are not looked at. The application reads others too, refuses
-- the values beside them and goes on; a start must not fail over them.

alter table credential
  add constraint credential_plain_shape check (jsonb_typeof(plain) = 'object') not valid,
  add constraint credential_labels_shape check (jsonb_typeof(labels) = 'object') not valid,
  add constraint credential_secret_ids_shape check (
    case array_ndims(secret_ids)
      when 1 then array_position(secret_ids, null) is null
      else cardinality(secret_ids) = 0
    end) not valid,
  add constraint credential_times_finite check (
    isfinite(created_at) and isfinite(updated_at) and isfinite(checked_at)
    and isfinite(next_check_at) and isfinite(schema_updated_at) and isfinite(expires_at)
    and isfinite(last_used_at) and isfinite(deleted_at) and isfinite(purged_at)) not valid;

alter table credential_type
  add constraint credential_type_definition_shape check (jsonb_typeof(definition) = 'object')
  not valid;

alter table job
  add constraint job_parameters_shape check (jsonb_typeof(parameters) = 'object') not valid;
