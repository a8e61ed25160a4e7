-- Abusive accounts, blocked by a person's decision. One is known by what its cases
-- are kept under: so the block of an account behind a sealed case shares nothing
-- with the same person's other rows.
CREATE TABLE blocks (
    owner    bytea PRIMARY KEY, -- cases.owner
    case_id  bigint NOT NULL REFERENCES cases,
    by_staff bigint NOT NULL REFERENCES staff,
    at       timestamptz NOT NULL,
    reason   text NOT NULL
);
CREATE INDEX blocks_case ON blocks (case_id);

ALTER TABLE accounts DROP COLUMN blocked_at, DROP COLUMN blocked_by, DROP COLUMN blocked_reason;
