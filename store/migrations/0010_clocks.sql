-- Clocks: what was told of them, what is to be told next, and what was late.

ALTER TABLE office
    ADD COLUMN assign_days integer NOT NULL DEFAULT 1 CHECK (assign_days >= 0), -- working days; 0: no such clock
    ADD COLUMN take_days   integer NOT NULL DEFAULT 1 CHECK (take_days >= 0),
    ADD COLUMN direct_days integer NOT NULL DEFAULT 2 CHECK (direct_days >= 0),
    ADD COLUMN quiet       text NOT NULL DEFAULT '' CHECK (quiet = '' OR quiet ~ '^\d\d:\d\d-\d\d:\d\d$'); -- as 21:00-06:00
ALTER TABLE staff ADD COLUMN quiet text NOT NULL DEFAULT '' CHECK (quiet = '' OR quiet ~ '^\d\d:\d\d-\d\d:\d\d$');

-- When a message may go out to whom nobody disturbs in those hours; tiepdan.Quiet.Ends says the same.
CREATE FUNCTION after_quiet(at timestamptz, quiet text) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT CASE
    WHEN f < t AND m >= f AND m < t OR f > t AND m < t THEN (d + t) AT TIME ZONE 'Asia/Ho_Chi_Minh'
    WHEN f > t AND m >= f THEN (d + interval '1 day' + t) AT TIME ZONE 'Asia/Ho_Chi_Minh'
    ELSE at END
FROM (SELECT nullif(split_part(quiet, '-', 1), '')::time AS f, nullif(split_part(quiet, '-', 2), '')::time AS t, l::time AS m, date_trunc('day', l) AS d
    FROM (SELECT at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS l) x) y $$;

-- Beside each case: the next day on which something is to be told of its clocks, and what was told. Worked out from
-- the history by the same transaction, as cases.due_on is.
CREATE TABLE case_clocks (
    case_id bigint PRIMARY KEY REFERENCES cases,
    warn_on date,
    warned  text[] NOT NULL DEFAULT '{}', -- clock/entry/level
    half_on date,    -- the morning's digest that tells of a term's half
    asks    bigint,  -- a question is open: to that leader, or to any (0)
    judge   text     -- an answer waits for a unit_head, board_head, leader, or any who decides ('deciders')
);
CREATE INDEX case_clocks_warn ON case_clocks (warn_on, case_id) WHERE warn_on IS NOT NULL;
CREATE INDEX case_clocks_half ON case_clocks (half_on) WHERE half_on IS NOT NULL;
CREATE INDEX case_clocks_asks ON case_clocks (asks) WHERE asks IS NOT NULL;
CREATE INDEX case_clocks_judge ON case_clocks (judge) WHERE judge IS NOT NULL;

-- What was done after its day, for the report by unit.
CREATE TABLE late_duties (
    case_id bigint NOT NULL REFERENCES cases,
    duty    text NOT NULL,
    since   integer NOT NULL,
    unit    bigint REFERENCES units,
    due     date NOT NULL,
    met     date NOT NULL,
    PRIMARY KEY (case_id, duty, since)
);
CREATE INDEX late_duties_met ON late_duties (met, unit);

-- Changes of the calendar or of a term, by which open cases are counted anew, a few at a time.
CREATE TABLE recounts (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    by_staff bigint NOT NULL,
    by_role  text NOT NULL,
    begun    timestamptz NOT NULL,
    after    bigint NOT NULL DEFAULT 0, -- the last case that was counted
    moved    integer NOT NULL DEFAULT 0,
    promised bigint[] NOT NULL DEFAULT '{}', -- cases whose promised day isn't theirs any more
    done     timestamptz
);
CREATE INDEX recounts_open ON recounts (id) WHERE done IS NULL;
INSERT INTO recounts (by_staff, by_role, begun) SELECT 0, 'system', now() WHERE EXISTS (SELECT FROM cases); -- what was there before
