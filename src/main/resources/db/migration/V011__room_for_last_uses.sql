-- Last uses are written into rows again and again and stand in no index: with room left on each page the new version of a
-- row stays on it, and no index is touched.
alter table credential set (fillfactor = 85);
