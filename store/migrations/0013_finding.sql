-- Finding: one index that knows the words of a case and what its lists are narrowed by.

-- A week, counted from the first Monday of 1970. store/case_marks.go counts the same.
CREATE FUNCTION week_of(d date) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT floor((d - date '1970-01-05') / 7.0)::integer $$;

-- What a list is narrowed by, as words that no text has: each begins with "=". A sealed case is found by its
-- field or place under another mark (=zf, =zp), which only those who are cleared ask for. Weeks stand by
-- themselves and in blocks of 32, so that a stretch of time is a few marks.
CREATE FUNCTION case_marks(code text, kind text, status text, field text, place text, unit bigint, officer bigint, accepted boolean, hidden boolean,
    received timestamptz, due_on date, round smallint, urgent boolean, help_units bigint[], help_staff bigint[],
    barred_units bigint[], barred_staff bigint[]) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT array_to_tsvector(ARRAY['=c' || replace(right(code, 9), '-', ''), '=k' || kind, '=s' || status,
    CASE WHEN hidden THEN '=zf' ELSE '=f' END || field, CASE WHEN hidden THEN '=zp' ELSE '=p' END || place,
    '=u' || coalesce(unit, 0), '=o' || coalesce(officer, 0), '=a' || accepted,
    '=w' || week_of((received AT TIME ZONE 'Asia/Ho_Chi_Minh')::date), '=b' || (week_of((received AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) >> 5),
    coalesce('=d' || week_of(due_on), '=d'), coalesce('=e' || (week_of(due_on) >> 5), '=e'), '=r' || round, '=g' || urgent]
    || ARRAY(SELECT '=h' || u FROM unnest(help_units) u) || ARRAY(SELECT '=i' || o FROM unnest(help_staff) o)
    || ARRAY(SELECT '=x' || u FROM unnest(barred_units) u) || ARRAY(SELECT '=y' || o FROM unnest(barred_staff) o)) $$;

ALTER TABLE cases DROP COLUMN search;
ALTER TABLE cases ADD COLUMN search tsvector NOT NULL GENERATED ALWAYS AS (
    case_marks(code, kind, status, field, place, unit, officer, accepted, kind = 'to_cao' OR corruption, received, due_on, round, urgent, help_units, help_staff, barred_units, barred_staff) ||
    CASE WHEN kind = 'to_cao' OR corruption THEN ''::tsvector ELSE to_tsvector('simple', vn_words(
        coalesce(person ->> 'name', '') || ' ' || coalesce(person ->> 'phone', '') || ' ' || text)) END) STORED;
ALTER TABLE cases ALTER COLUMN search SET STORAGE MAIN; -- a long text goes aside before it
CREATE INDEX cases_search ON cases USING gin (search) WITH (fastupdate = off);

-- What falls due first comes first.
DROP INDEX cases_due;
CREATE INDEX cases_due ON cases (due_on, id) WHERE due_on IS NOT NULL;

-- Filters that people gave a name.
CREATE TABLE case_views (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    staff   bigint NOT NULL REFERENCES staff,
    name    text NOT NULL CHECK (name <> ''),
    query   text NOT NULL, -- as the list's address has it
    shared  text NOT NULL CHECK (shared IN ('', 'unit', 'office')),
    unit    bigint REFERENCES units, -- whose people see it, when it is shared with a unit
    created timestamptz NOT NULL,
    CONSTRAINT case_views_name UNIQUE (staff, name),
    CHECK ((shared = 'unit') = (unit IS NOT NULL))
);
CREATE INDEX case_views_unit ON case_views (unit) WHERE unit IS NOT NULL;
CREATE INDEX case_views_office ON case_views (id) WHERE shared = 'office';

-- Which of them somebody's list begins with.
CREATE TABLE case_view_first (
    staff bigint PRIMARY KEY REFERENCES staff,
    view  bigint NOT NULL REFERENCES case_views ON DELETE CASCADE
);
CREATE INDEX case_view_first_view ON case_view_first (view);

-- What `tiepdan seed` filled in, and how far it came: it goes on from there. indexes are those that were dropped
-- to fill faster, as they are to be made again; a start that finds some makes them.
CREATE TABLE sample_seeds (
    seed    bigint PRIMARY KEY,
    cases   integer NOT NULL,
    on_day  date NOT NULL,
    first   bigint NOT NULL, -- the first case's id; those that follow are its own
    before  jsonb NOT NULL, -- how many numbers the book of each year had
    chunk   integer NOT NULL,
    done    integer[] NOT NULL DEFAULT '{}',
    indexes text[] NOT NULL DEFAULT '{}',
    ended   timestamptz
);
