-- The office: its settings, its people, its reception days.

-- How words are compared: without diacritics, đ as d, in lower case. unaccent isn't
-- immutable; this is, so that it may stand in a generated column.
CREATE FUNCTION vn_fold(t text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT lower(translate(normalize(t, NFKD), U&'\0111\0110\0300\0301\0302\0303\0306\0309\031B\0323', 'dd')) $$;

-- Folded, and words only: else the text search takes "Mã.Tố" for a host and "12/4" for a file.
CREATE FUNCTION vn_words(t text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT regexp_replace(vn_fold(t), '\W+', ' ', 'g') $$;

-- One row: which identity key this database was begun with.
CREATE TABLE identity_key (
    one         boolean PRIMARY KEY DEFAULT true CHECK (one),
    fingerprint text NOT NULL
);

-- One row: raised by every change of the settings, so that each process reads them anew.
CREATE TABLE settings_version (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    version bigint NOT NULL DEFAULT 1
);
INSERT INTO settings_version DEFAULT VALUES;

CREATE TABLE office (
    one             boolean PRIMARY KEY DEFAULT true CHECK (one),
    name            text NOT NULL,
    parent          text NOT NULL,
    address         text NOT NULL,
    place           text NOT NULL,
    phone           text NOT NULL,
    email           text NOT NULL,
    website         text NOT NULL,
    rules           text NOT NULL,
    privacy_contact text NOT NULL,
    privacy_version integer NOT NULL,
    hours           jsonb NOT NULL,
    saturday_work   boolean NOT NULL,
    sample          boolean NOT NULL
);

CREATE TABLE units (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code   text NOT NULL UNIQUE,
    name   text NOT NULL,
    ward   boolean NOT NULL,
    active boolean NOT NULL
);

CREATE TABLE fields (
    code       text PRIMARY KEY,
    name       text NOT NULL,
    name_en    text NOT NULL,
    bucket     text NOT NULL,
    kinds      text[] NOT NULL CHECK (kinds <@ ARRAY['phan_anh', 'kien_nghi', 'khieu_nai', 'to_cao']),
    unit       bigint REFERENCES units,
    corruption boolean NOT NULL,
    active     boolean NOT NULL,
    place      integer NOT NULL -- in the office's order
);

CREATE TABLE kinds (
    kind        text PRIMARY KEY CHECK (kind IN ('phan_anh', 'kien_nghi', 'khieu_nai', 'to_cao')),
    mode        text NOT NULL CHECK (mode IN ('file', 'prepare', 'guide')),
    approval    boolean NOT NULL,
    target_days integer NOT NULL CHECK (target_days >= 0)
);

CREATE TABLE holidays (
    day       date PRIMARY KEY,
    kind      text NOT NULL CHECK (kind IN ('holiday', 'makeup', 'swapoff', 'work', 'closure')),
    name      text NOT NULL,
    source    text NOT NULL,
    confirmed boolean NOT NULL
);

CREATE TABLE staff (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    login    text NOT NULL UNIQUE CHECK (login = lower(login)),
    name     text NOT NULL,
    role     text NOT NULL CHECK (role IN ('receptionist', 'board_head', 'leader', 'unit_head', 'officer', 'auditor', 'administrator')),
    unit     bigint REFERENCES units,
    cleared  boolean NOT NULL,
    language text NOT NULL,
    password text NOT NULL DEFAULT '', -- its argon2id hash; empty: no sign-in yet
    disabled boolean NOT NULL DEFAULT false,
    created  timestamptz NOT NULL
);

-- One-time links by which a member of staff binds a chat account. The first account that
-- uses one has it; a person confirms that it is really theirs.
CREATE TABLE invitations (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    staff_id  bigint NOT NULL REFERENCES staff,
    token     bytea NOT NULL UNIQUE, -- its sha256
    by_staff  bigint NOT NULL,
    created   timestamptz NOT NULL,
    expires   timestamptz NOT NULL,
    account   bytea, -- accounts.key
    used      timestamptz,
    decided   timestamptz,
    confirmed boolean NOT NULL DEFAULT false
);
CREATE INDEX invitations_staff ON invitations (staff_id);
CREATE INDEX invitations_waiting ON invitations (used) WHERE used IS NOT NULL AND decided IS NULL;

CREATE TABLE reception_sessions (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    starts    timestamptz NOT NULL,
    ends      timestamptz NOT NULL CHECK (ends > starts),
    place     text NOT NULL,
    presides  text NOT NULL,
    attends   text NOT NULL,
    focus     text NOT NULL,
    periodic  boolean NOT NULL,
    cancelled boolean NOT NULL,
    note      text NOT NULL
);
CREATE INDEX reception_sessions_starts ON reception_sessions (starts);
