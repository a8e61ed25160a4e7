-- The reception of citizens: who owes it, by which rules it recurs, the sessions,
-- who is booked, who was received, and what the leaders directed afterwards.

CREATE TABLE heads (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name   text NOT NULL,
    title  text NOT NULL,
    unit   bigint REFERENCES units,
    duty   text NOT NULL, -- a rule of the law, of kind recurrence
    staff  bigint REFERENCES staff,
    active boolean NOT NULL DEFAULT true
);

CREATE TABLE recurrences (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name     text NOT NULL,
    rrule    text NOT NULL, -- RFC 5545, without DTSTART
    starting date NOT NULL,
    until    date,
    day_off  text NOT NULL CHECK (day_off IN ('next', 'previous', 'cancel')),
    kind     text NOT NULL CHECK (kind IN ('regular', 'periodic', 'extraordinary', 'dialogue', 'guest')),
    online   boolean NOT NULL,
    unit     bigint REFERENCES units,
    host     text NOT NULL,
    starts   integer NOT NULL, -- minutes after midnight in Hanoi
    ends     integer NOT NULL CHECK (ends > starts),
    place    text NOT NULL,
    head     bigint REFERENCES heads,
    presides text NOT NULL,
    attends  text NOT NULL,
    units    bigint[] NOT NULL DEFAULT '{}',
    focus    text NOT NULL,
    places   integer NOT NULL CHECK (places >= 0),
    cut_days integer NOT NULL CHECK (cut_days >= 0),
    active   boolean NOT NULL DEFAULT true
);

CREATE TABLE plans (
    year         integer NOT NULL,
    quarter      integer NOT NULL CHECK (quarter BETWEEN 1 AND 4),
    status       text NOT NULL CHECK (status IN ('drafting', 'submitted', 'published')),
    asked        text NOT NULL DEFAULT '',
    submitted_by bigint REFERENCES staff,
    approved_by  bigint REFERENCES staff,
    published    timestamptz,
    PRIMARY KEY (year, quarter)
);

ALTER TABLE reception_sessions
    ADD COLUMN token      text NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', ''),
    ADD COLUMN recurrence bigint REFERENCES recurrences,
    ADD COLUMN original   date,
    ADD COLUMN kind       text NOT NULL DEFAULT 'regular' CHECK (kind IN ('regular', 'periodic', 'extraordinary', 'dialogue', 'guest')),
    ADD COLUMN status     text NOT NULL DEFAULT 'published' CHECK (status IN ('draft', 'confirmed', 'published', 'open', 'held', 'cancelled')),
    ADD COLUMN online     boolean NOT NULL DEFAULT false,
    ADD COLUMN unit       bigint REFERENCES units,
    ADD COLUMN host       text NOT NULL DEFAULT '',
    ADD COLUMN head       bigint REFERENCES heads,
    ADD COLUMN delegated  boolean NOT NULL DEFAULT false,
    ADD COLUMN why        text NOT NULL DEFAULT '',
    ADD COLUMN units      bigint[] NOT NULL DEFAULT '{}',
    ADD COLUMN places     integer NOT NULL DEFAULT 0 CHECK (places >= 0),
    ADD COLUMN cutoff     timestamptz,
    ADD COLUMN taken      integer NOT NULL DEFAULT 0,
    ADD COLUMN waiting    integer NOT NULL DEFAULT 0 CHECK (waiting >= 0),
    ADD COLUMN sequence   integer NOT NULL DEFAULT 0,
    ADD COLUMN reason     text NOT NULL DEFAULT '',
    ADD COLUMN published  timestamptz,
    ADD COLUMN opened     timestamptz,
    ADD COLUMN closed     timestamptz,
    ADD COLUMN receiver   text NOT NULL DEFAULT '',
    ADD COLUMN in_person  boolean NOT NULL DEFAULT false,
    ADD COLUMN changed    timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN given      date,                            -- the day that the recurrence gave last
    ADD COLUMN edited     boolean NOT NULL DEFAULT false,  -- by a person: what they wrote stays
    ADD COLUMN turns      bigint NOT NULL DEFAULT 0,       -- raised by whatever happens to its queue
    ADD COLUMN emptied    boolean NOT NULL DEFAULT false;  -- long over: its appointments name nobody any more
UPDATE reception_sessions SET original = (starts AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, published = now(), changed = now(),
    kind = CASE WHEN periodic THEN 'periodic' ELSE 'regular' END, status = CASE WHEN cancelled THEN 'cancelled' ELSE 'published' END;
ALTER TABLE reception_sessions
    DROP COLUMN periodic, DROP COLUMN cancelled,
    ALTER COLUMN original SET NOT NULL,
    ADD CONSTRAINT no_overbooking CHECK (taken >= 0 AND taken <= places),
    ADD CONSTRAINT announced CHECK (status IN ('draft', 'confirmed', 'open', 'held', 'cancelled') OR published IS NOT NULL);
CREATE UNIQUE INDEX reception_sessions_token ON reception_sessions (token);
CREATE UNIQUE INDEX reception_sessions_made ON reception_sessions (recurrence, original);
CREATE INDEX reception_sessions_named ON reception_sessions (ends) WHERE NOT emptied;
CREATE INDEX reception_sessions_head ON reception_sessions (head, starts) WHERE head IS NOT NULL;

-- Officers' turns at the regular reception.
CREATE TABLE duty_roster (
    day      date NOT NULL,
    shift    text NOT NULL CHECK (shift IN ('day', 'morning', 'afternoon')),
    staff_id bigint NOT NULL REFERENCES staff,
    note     text NOT NULL DEFAULT '',
    PRIMARY KEY (day, shift, staff_id)
);

-- Who asked to be reminded of a session without a place at it.
CREATE TABLE watches (
    session_id bigint NOT NULL REFERENCES reception_sessions,
    owner      bytea NOT NULL REFERENCES accounts (key),
    at         timestamptz NOT NULL,
    reminded   smallint NOT NULL DEFAULT 0, -- 1: the day before, 2: two hours before
    PRIMARY KEY (session_id, owner)
);
CREATE INDEX watches_of ON watches (owner, session_id);

-- Places at sessions. Of a citizen's, owner is their ordinary account's key; what
-- kind of submission they come with isn't kept.
CREATE TABLE appointments (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token      text NOT NULL UNIQUE,
    session_id bigint NOT NULL REFERENCES reception_sessions,
    ref        text NOT NULL UNIQUE, -- the deed's own mark
    owner      bytea REFERENCES accounts (key),
    language   text NOT NULL DEFAULT 'vi',
    number     integer CHECK (number > 0),
    status     text NOT NULL CHECK (status IN ('booked', 'waiting', 'arrived', 'called', 'received', 'no_show', 'cancelled')),
    name       text NOT NULL DEFAULT '',
    phone      text NOT NULL DEFAULT '',
    purpose    text NOT NULL DEFAULT '',
    case_id    bigint REFERENCES cases,
    by_staff   bigint REFERENCES staff,
    coming     boolean NOT NULL DEFAULT false,
    created    timestamptz NOT NULL,
    arrived    timestamptz,
    called     timestamptz,
    ended      timestamptz,
    reminded   smallint NOT NULL DEFAULT 0, -- 1: the day before, 2: two hours before
    CHECK (status <> 'booked' OR number IS NOT NULL)
);
CREATE UNIQUE INDEX appointments_place ON appointments (session_id, number) WHERE status <> 'cancelled' AND number IS NOT NULL;
CREATE UNIQUE INDEX appointments_owner ON appointments (session_id, owner) WHERE status <> 'cancelled' AND owner IS NOT NULL;
CREATE UNIQUE INDEX appointments_phone ON appointments (session_id, phone) WHERE status <> 'cancelled' AND phone <> '';
CREATE INDEX appointments_waiting ON appointments (session_id, id) WHERE status = 'waiting';
CREATE INDEX appointments_session ON appointments (session_id, id);
CREATE INDEX appointments_of ON appointments (owner, id) WHERE owner IS NOT NULL;
CREATE INDEX appointments_case ON appointments (case_id) WHERE case_id IS NOT NULL;

-- Somebody who is booked and can't be told by chat is called by a person.
ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check, ADD CONSTRAINT tasks_kind_check CHECK (kind IN ('undeliverable', 'dead_update', 'call_back')),
    ADD COLUMN appointment bigint REFERENCES appointments;
CREATE INDEX tasks_appointment ON tasks (appointment) WHERE appointment IS NOT NULL;
CREATE UNIQUE INDEX tasks_call_back ON tasks (appointment) WHERE kind = 'call_back' AND done IS NULL;

-- What an appointment's holder must know becomes a call where no message reaches them.
ALTER TABLE outbox ADD COLUMN appointment bigint;
CREATE INDEX outbox_appointment ON outbox (appointment) WHERE appointment IS NOT NULL;

-- The last number of each year's book of receptions.
CREATE TABLE reception_books (
    year integer PRIMARY KEY,
    last integer NOT NULL
);

-- The book of receptions: a line for each, and its versions, which are only added to.
CREATE TABLE receptions (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref         text NOT NULL UNIQUE,
    session_id  bigint NOT NULL REFERENCES reception_sessions,
    appointment bigint UNIQUE REFERENCES appointments,
    year        integer NOT NULL,
    number      integer NOT NULL,
    day         date NOT NULL,
    case_id     bigint REFERENCES cases,
    sealed      boolean NOT NULL, -- under a denunciation's rules: no version names anybody
    latest      integer NOT NULL DEFAULT 1,
    kind        text NOT NULL, -- these are the latest version's, for the reports
    field       text NOT NULL,
    people      integer NOT NULL,
    again       boolean NOT NULL,
    result      text NOT NULL,
    search      tsvector, -- the latest version's words; none of a sealed one
    UNIQUE (year, number)
);
CREATE INDEX receptions_search ON receptions USING gin (search) WITH (fastupdate = off);
CREATE INDEX receptions_session ON receptions (session_id, id);
CREATE INDEX receptions_day ON receptions (day, id);
CREATE INDEX receptions_case ON receptions (case_id) WHERE case_id IS NOT NULL;

CREATE TABLE reception_versions (
    reception_id bigint NOT NULL REFERENCES receptions,
    version      integer NOT NULL,
    at           timestamptz NOT NULL,
    by_staff     bigint NOT NULL,
    why          text NOT NULL,
    entry        jsonb NOT NULL, -- tiepdan.Reception, but for what stands in receptions
    PRIMARY KEY (reception_id, version)
);

-- A version is written once. Only a case that becomes a denunciation takes the
-- names out of what was written about it, in the transaction that seals it.
CREATE FUNCTION reception_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('tiepdan.sealing', true) = 'on'
       AND (NEW.reception_id, NEW.version, NEW.at, NEW.by_staff) IS NOT DISTINCT FROM (OLD.reception_id, OLD.version, OLD.at, OLD.by_staff) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the book of receptions only grows';
END $$;
CREATE TRIGGER reception_append_only BEFORE UPDATE OR DELETE ON reception_versions FOR EACH ROW EXECUTE FUNCTION reception_append_only();
CREATE TRIGGER reception_not_emptied BEFORE TRUNCATE ON reception_versions FOR EACH STATEMENT EXECUTE FUNCTION reception_append_only();

CREATE TABLE attendance (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_id bigint NOT NULL REFERENCES reception_sessions,
    unit       bigint REFERENCES units,
    who        text NOT NULL,
    receiver   boolean NOT NULL,
    called     boolean NOT NULL, -- was to come
    came       timestamptz,
    left_at    timestamptz,
    absent     text NOT NULL DEFAULT ''
);
CREATE INDEX attendance_session ON attendance (session_id, id);

CREATE TABLE conclusions (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_id  bigint NOT NULL UNIQUE REFERENCES reception_sessions,
    number      text NOT NULL DEFAULT '',
    opening     text NOT NULL DEFAULT '',
    items       jsonb NOT NULL DEFAULT '[]',
    signer      text NOT NULL DEFAULT '',
    signer_role text NOT NULL DEFAULT '',
    status      text NOT NULL CHECK (status IN ('draft', 'submitted', 'approved')),
    asked       text NOT NULL DEFAULT '',
    version     integer NOT NULL DEFAULT 1,
    by_staff    bigint NOT NULL,
    approved_by bigint REFERENCES staff,
    approved    timestamptz
);

CREATE TABLE directives (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    year       integer NOT NULL,
    number     integer NOT NULL,
    session_id bigint REFERENCES reception_sessions,
    reception  bigint REFERENCES receptions,
    case_id    bigint REFERENCES cases,
    unit       bigint NOT NULL REFERENCES units,
    officer    bigint REFERENCES staff,
    task       text NOT NULL,
    due        date NOT NULL,
    status     text NOT NULL CHECK (status IN ('issued', 'taken', 'reported', 'done', 'cancelled')),
    secret     boolean NOT NULL,
    issued_by  bigint NOT NULL,
    issued     timestamptz NOT NULL,
    reported   timestamptz, -- the last time: whether the unit was in time
    done       timestamptz,
    urged      integer NOT NULL DEFAULT 0,
    warned     smallint NOT NULL DEFAULT 0, -- 1: told that it falls due
    UNIQUE (year, number)
);
CREATE INDEX directives_open ON directives (due, id) WHERE status IN ('issued', 'taken', 'reported');
CREATE INDEX directives_unit ON directives (unit, id);
CREATE INDEX directives_issued ON directives (issued, id);
CREATE INDEX directives_case ON directives (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX directives_reception ON directives (reception) WHERE reception IS NOT NULL;
CREATE INDEX directives_session ON directives (session_id, id) WHERE session_id IS NOT NULL;
CREATE INDEX directives_officer ON directives (officer, id) WHERE officer IS NOT NULL;

CREATE TABLE directive_entries (
    directive_id bigint NOT NULL REFERENCES directives,
    n            integer NOT NULL,
    action       text NOT NULL,
    role         text NOT NULL,
    staff        bigint,
    at           timestamptz NOT NULL,
    text         text NOT NULL DEFAULT '',
    due          date,
    to_staff     bigint,
    files        jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (directive_id, n)
);
CREATE INDEX directive_entries_files ON directive_entries USING gin (files jsonb_path_ops); -- whose content is still somebody's
