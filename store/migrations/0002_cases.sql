-- Cases and what was done to them.

CREATE TABLE cases (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code       text NOT NULL CONSTRAINT cases_code UNIQUE,
    draft      text NOT NULL CONSTRAINT cases_draft UNIQUE, -- a keyed digest of the draft's id: a petition is filed once
    owner      bytea, -- a keyed digest of the account that it came from; none: from the desk
    kind       text NOT NULL CHECK (kind IN ('phan_anh', 'kien_nghi', 'khieu_nai', 'to_cao')),
    mode       text NOT NULL CHECK (mode IN ('file', 'prepare', 'guide')),
    approval   boolean NOT NULL,
    field      text NOT NULL REFERENCES fields,
    place      text NOT NULL,
    point      jsonb,
    status     text NOT NULL CHECK (status IN ('received', 'awaiting_original', 'assigned', 'in_progress', 'waiting', 'in_review',
                                               'answered', 'closed', 'refused', 'transferred', 'withdrawn')),
    unit       bigint REFERENCES units,
    officer    bigint REFERENCES staff,
    text       text NOT NULL,
    person     jsonb NOT NULL,
    grouped    jsonb NOT NULL,
    unnamed    boolean NOT NULL,
    respondent text NOT NULL,
    channel    text NOT NULL,
    language   text NOT NULL,
    received   timestamptz NOT NULL,
    legal      date NOT NULL,
    accepted   boolean NOT NULL,
    corruption boolean NOT NULL,
    due_on     date, -- of the duty that falls due next: worked out from the history, kept for the lists only
    sealed     boolean NOT NULL GENERATED ALWAYS AS (kind = 'to_cao' OR corruption) STORED,
    search     tsvector GENERATED ALWAYS AS (CASE WHEN kind = 'to_cao' OR corruption THEN NULL ELSE to_tsvector('simple', vn_words(
                   coalesce(person ->> 'name', '') || ' ' || coalesce(person ->> 'phone', '') || ' ' || text)) END) STORED,
    CONSTRAINT sealed_names_nobody CHECK (NOT (kind = 'to_cao' OR corruption)
        OR (person = '{}' AND grouped = '{}' AND unnamed))
) WITH (fillfactor = 90);
CREATE INDEX cases_newest ON cases (received DESC, id DESC);
CREATE INDEX cases_owner ON cases (owner, id DESC) WHERE owner IS NOT NULL;
CREATE INDEX cases_unit ON cases (unit, received DESC, id DESC) WHERE unit IS NOT NULL;
CREATE INDEX cases_officer ON cases (officer, received DESC, id DESC) WHERE officer IS NOT NULL;
CREATE INDEX cases_due ON cases (due_on) WHERE due_on IS NOT NULL;
CREATE INDEX cases_search ON cases USING gin (search) WITH (fastupdate = off);

-- The book: its numbers are given after the filing, so that nobody waits for the one before.
CREATE TABLE book (
    case_id bigint PRIMARY KEY REFERENCES cases,
    year    integer NOT NULL,
    number  bigint NOT NULL,
    UNIQUE (year, number)
);

-- The account behind a sealed case, readable with the key outside the database only.
CREATE TABLE sealed_accounts (
    case_id bigint PRIMARY KEY REFERENCES cases,
    channel text NOT NULL,
    sealed  bytea NOT NULL
);

CREATE TABLE entries (
    case_id     bigint NOT NULL REFERENCES cases,
    n           integer NOT NULL,
    action      text NOT NULL CHECK (action IN ('submit', 'record_original', 'classify', 'accept', 'refuse', 'transfer', 'assign', 'take', 'return',
                    'ask_more', 'supply', 'add', 'amend', 'tell', 'note', 'extend', 'propose', 'revise', 'approve', 'answer', 'close', 'rate',
                    'withdraw', 'ask_withdraw', 'record_withdrawal')),
    role        text NOT NULL CHECK (role IN ('citizen', 'receptionist', 'board_head', 'leader', 'unit_head', 'officer', 'auditor', 'administrator', 'system')),
    staff       bigint REFERENCES staff,
    at          timestamptz NOT NULL,
    from_status text NOT NULL,
    to_status   text NOT NULL,
    text        text NOT NULL,
    reason      text NOT NULL,
    details     jsonb NOT NULL,
    PRIMARY KEY (case_id, n)
);

-- Files that are kept somewhere by their content. One that no case has is a draft's, or stale.
CREATE TABLE files (
    sha256 text PRIMARY KEY,
    kept   timestamptz NOT NULL
);
CREATE INDEX files_kept ON files (kept);

CREATE TABLE case_files (
    case_id bigint NOT NULL,
    entry   integer NOT NULL,
    place   integer NOT NULL,
    sha256  text NOT NULL,
    name    text NOT NULL,
    mime    text NOT NULL,
    size    bigint NOT NULL,
    class   text NOT NULL,
    ref     text NOT NULL,
    PRIMARY KEY (case_id, entry, place),
    FOREIGN KEY (case_id, entry) REFERENCES entries
);
CREATE INDEX case_files_sha256 ON case_files (sha256);

-- What a person must do because a machine couldn't.
CREATE TABLE tasks (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id bigint REFERENCES cases,
    kind    text NOT NULL CHECK (kind IN ('undeliverable', 'dead_update')),
    entry   integer NOT NULL DEFAULT 0,
    reason  text NOT NULL,
    created timestamptz NOT NULL,
    done    timestamptz,
    done_by bigint REFERENCES staff,
    how     text NOT NULL DEFAULT '' CHECK (how IN ('', 'phone', 'post', 'in_person', 'other')),
    note    text NOT NULL DEFAULT ''
);
CREATE INDEX tasks_open ON tasks (id) WHERE done IS NULL;
CREATE INDEX tasks_case ON tasks (case_id);
