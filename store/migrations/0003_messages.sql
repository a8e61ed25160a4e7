-- Messages: what people send us, what we send them, and the accounts they do it from.
-- An account is known by keyed digests; its address is sealed with a key outside this database.

CREATE TABLE accounts (
    key             bytea PRIMARY KEY,
    lane            bytea NOT NULL,
    channel         text NOT NULL,
    sealed          bytea NOT NULL,
    language        text NOT NULL DEFAULT '',
    privacy_version integer NOT NULL DEFAULT 0,
    privacy_at      timestamptz,
    person          jsonb,
    unreachable_at  timestamptz,
    blocked_at      timestamptz,
    blocked_by      bigint,
    blocked_reason  text NOT NULL DEFAULT '',
    staff_id        bigint UNIQUE,
    created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX accounts_lane ON accounts (lane);

-- Letters that came and aren't handled yet. A handled one is gone.
CREATE TABLE inbox (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source      text NOT NULL,
    update_id   bigint NOT NULL,
    shard       smallint NOT NULL,
    lane        bytea NOT NULL,
    sealed      bytea NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    attempts    integer NOT NULL DEFAULT 0,
    retry_at    timestamptz,
    dead_at     timestamptz,
    error       text NOT NULL DEFAULT ''
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX inbox_live ON inbox (id) WHERE dead_at IS NULL;
CREATE INDEX inbox_lane ON inbox (lane, id) WHERE dead_at IS NULL;
ALTER TABLE tasks ADD COLUMN letter bigint; -- of a dead_update: inbox.id
CREATE INDEX inbox_dead ON inbox (dead_at) WHERE dead_at IS NOT NULL;

-- Which updates came already: an app may bring one again for a day, and its numbers needn't rise.
CREATE TABLE inbox_seen (
    source    text NOT NULL,
    update_id bigint NOT NULL,
    seen_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source, update_id)
);
CREATE INDEX inbox_seen_at ON inbox_seen USING brin (seen_at);

-- How far a polled source was read.
CREATE TABLE offsets (
    source text PRIMARY KEY,
    value  bigint NOT NULL,
    at     timestamptz NOT NULL DEFAULT now()
);

-- Messages to people, in the order in which each gets them. The lane of a sealed
-- case's citizen is the case's owner: it shares nothing with the same person's other rows.
CREATE TABLE outbox (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    lane       bytea NOT NULL,
    sealed     bytea NOT NULL,
    channel    text NOT NULL,
    case_id    bigint,
    entry      integer NOT NULL DEFAULT 0,
    staff_id   bigint,
    audience   text NOT NULL DEFAULT '',
    key        text NOT NULL DEFAULT '',
    language   text NOT NULL DEFAULT '',
    reply      jsonb,
    dedupe     text UNIQUE,
    not_before timestamptz NOT NULL DEFAULT now(),
    state      text NOT NULL DEFAULT 'queued'
               CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'blocked', 'unknown', 'cancelled')),
    attempts   integer NOT NULL DEFAULT 0,
    error      text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(),
    claimed_at timestamptz,
    sent_at    timestamptz,
    CHECK (case_id IS NOT NULL OR reply IS NOT NULL)
);
-- Only what is still to do stands in these: they stay small whatever was sent before.
CREATE INDEX outbox_lane ON outbox (lane, id) WHERE state IN ('queued', 'sending', 'unknown');
CREATE INDEX outbox_due ON outbox (not_before, id) WHERE state IN ('queued', 'unknown');
CREATE INDEX outbox_sending ON outbox (claimed_at) WHERE state = 'sending';
CREATE INDEX outbox_blocked ON outbox (lane) WHERE state = 'blocked';
CREATE INDEX outbox_case ON outbox (case_id, entry) WHERE case_id IS NOT NULL;

-- The ledger: each try, begun before the message leaves and ended when we know.
CREATE TABLE deliveries (
    outbox_id  bigint NOT NULL REFERENCES outbox ON DELETE CASCADE,
    attempt    integer NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    ended_at   timestamptz,
    outcome    text NOT NULL DEFAULT '',
    error      text NOT NULL DEFAULT '',
    PRIMARY KEY (outbox_id, attempt)
);

-- Which case a message in somebody's chat is about, so that a reply to it finds the case.
CREATE TABLE messages (
    key     bytea PRIMARY KEY,
    case_id bigint NOT NULL,
    entry   integer NOT NULL DEFAULT 0,
    at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX messages_case ON messages (case_id);

-- The secure page: its one-time links, and what was filled in until the draft is filed.
CREATE TABLE secure_links (
    token   bytea PRIMARY KEY,
    draft   text NOT NULL,
    lane    bytea NOT NULL,
    sealed  bytea NOT NULL,
    expires timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX secure_links_expires ON secure_links (expires);
CREATE TABLE secure_data (
    draft  text PRIMARY KEY,
    sealed bytea NOT NULL,
    at     timestamptz NOT NULL DEFAULT now()
);
