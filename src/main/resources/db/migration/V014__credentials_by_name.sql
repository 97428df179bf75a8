-- A page of an organization's credentials in the order of their names; the id makes the order total.
create index credential_of_name on credential (organization, name, id) where deleted_at is null;
