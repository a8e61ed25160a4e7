-- What is open, and what is owed still of what has ended, is little, however long the office has been there. An index of each
-- holds whatever a list of them is narrowed by, so that a list or a count reads it and nothing else.
CREATE INDEX cases_open_list ON cases (received, id)
    INCLUDE (status, kind, field, place, unit, officer, accepted, sealed, due_on, round, urgent, matter, help_units, help_staff, barred_units, barred_staff)
    WHERE status IN ('received', 'awaiting_original', 'assigned', 'in_progress', 'waiting', 'in_review', 'suspended');
DROP INDEX cases_remains;
CREATE INDEX cases_remains ON cases (remains_on, id)
    INCLUDE (status, kind, field, place, unit, officer, accepted, sealed, received, round, urgent, matter, help_units, help_staff, barred_units, barred_staff)
    WHERE remains_on IS NOT NULL;

-- An index alone answers for pages of the table that were vacuumed since they changed. Postgres would wait for a fifth of all cases to change.
ALTER TABLE cases SET (autovacuum_vacuum_scale_factor = 0.01);
