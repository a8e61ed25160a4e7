-- Dates that aren't those of who leads a case: by when others help with it, and what is owed after its end.

-- The help that is wanted, while its case is open: of cases.helpers, kept for the lists only.
CREATE TABLE case_helps (
    case_id bigint NOT NULL REFERENCES cases,
    entry   integer NOT NULL, -- that asked for it
    unit    bigint NOT NULL REFERENCES units,
    officer bigint REFERENCES staff,
    due     date, -- none: none was given
    PRIMARY KEY (case_id, entry)
);
CREATE INDEX case_helps_unit ON case_helps (unit, due);
CREATE INDEX case_helps_officer ON case_helps (officer, due) WHERE officer IS NOT NULL;
INSERT INTO case_helps (case_id, entry, unit, officer, due)
    SELECT c.id, (h ->> 'entry')::integer, (h ->> 'unit')::bigint, (h ->> 'officer')::bigint, (h ->> 'due')::date
    FROM cases c, jsonb_array_elements(c.helpers) h
    WHERE c.help_units <> '{}' AND h ->> 'done' IS NULL
        AND c.status IN ('received', 'awaiting_original', 'assigned', 'in_progress', 'waiting', 'in_review', 'suspended');

-- The next day of what is owed of a case that has ended: worked out from its history, as due_on is. A list of them is
-- found by "=j", and by its week (=m) and block of weeks (=n); what owes nothing has none of these marks.
-- Kind, field and place, which most lists are narrowed by, have a mark for any of them together (=q, of sealed cases =zq):
-- each alone is of hundreds of thousands of cases, and what two have in common is a long way through both.
ALTER TABLE cases DROP COLUMN search;
DROP FUNCTION case_marks;
ALTER TABLE cases ADD COLUMN remains_on date;
CREATE FUNCTION case_marks(code text, kind text, status text, field text, place text, unit bigint, officer bigint, accepted boolean, hidden boolean,
    received timestamptz, due_on date, round smallint, urgent boolean, help_units bigint[], help_staff bigint[],
    barred_units bigint[], barred_staff bigint[], remains_on date) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT array_to_tsvector(ARRAY['=c' || replace(right(code, 9), '-', ''), '=k' || kind, '=s' || status,
    CASE WHEN hidden THEN '=zf' ELSE '=f' END || field, CASE WHEN hidden THEN '=zp' ELSE '=p' END || place,
    '=u' || coalesce(unit, 0), '=o' || coalesce(officer, 0), '=a' || accepted,
    '=w' || week_of((received AT TIME ZONE 'Asia/Ho_Chi_Minh')::date), '=b' || (week_of((received AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) >> 5),
    coalesce('=d' || week_of(due_on), '=d'), coalesce('=e' || (week_of(due_on) >> 5), '=e'), '=r' || round, '=g' || urgent]
    || CASE WHEN remains_on IS NOT NULL THEN ARRAY['=j', '=m' || week_of(remains_on), '=n' || (week_of(remains_on) >> 5)] ELSE '{}' END
    || CASE WHEN hidden THEN ARRAY['=zq' || kind || '/' || field || '/', '=zq' || kind || '//' || place, '=zq/' || field || '/' || place, '=zq' || kind || '/' || field || '/' || place]
        ELSE ARRAY['=q' || kind || '/' || field || '/', '=q' || kind || '//' || place, '=q/' || field || '/' || place, '=q' || kind || '/' || field || '/' || place] END
    || ARRAY(SELECT '=h' || u FROM unnest(help_units) u) || ARRAY(SELECT '=i' || o FROM unnest(help_staff) o)
    || ARRAY(SELECT '=x' || u FROM unnest(barred_units) u) || ARRAY(SELECT '=y' || o FROM unnest(barred_staff) o)) $$;
ALTER TABLE cases ADD COLUMN search tsvector NOT NULL GENERATED ALWAYS AS (
    case_marks(code, kind, status, field, place, unit, officer, accepted, kind = 'to_cao' OR corruption, received, due_on, round, urgent, help_units, help_staff, barred_units, barred_staff, remains_on) ||
    CASE WHEN kind = 'to_cao' OR corruption THEN ''::tsvector ELSE to_tsvector('simple', vn_words(
        coalesce(person ->> 'name', '') || ' ' || coalesce(person ->> 'phone', '') || ' ' || text)) END) STORED;
ALTER TABLE cases ALTER COLUMN search SET STORAGE MAIN;
CREATE INDEX cases_search ON cases USING gin (search) WITH (fastupdate = off);
CREATE INDEX cases_remains ON cases (remains_on, id) INCLUDE (unit, officer, sealed) WHERE remains_on IS NOT NULL;

-- Whose lateness it was: of the case itself (''), of a unit that helped, or of what was owed after its end.
ALTER TABLE late_duties ADD COLUMN part text NOT NULL DEFAULT '' CHECK (part IN ('', 'help', 'remain'));

-- A count of all cases, and not only of those whose clocks run.
ALTER TABLE recounts ADD COLUMN whole boolean NOT NULL DEFAULT false;
INSERT INTO recounts (by_staff, by_role, begun, whole) SELECT 0, 'system', now(), true WHERE EXISTS (SELECT FROM cases);
