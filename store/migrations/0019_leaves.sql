-- Whose place somebody acted in who stands in for a colleague on leave.
ALTER TABLE directive_entries ADD COLUMN for_staff bigint;
