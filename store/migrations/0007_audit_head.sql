-- How far the audit log was chained, under a key outside the database: who removes
-- its last rows, or all of them, leaves an end that they don't reach.
CREATE TABLE audit_head (
    one  boolean PRIMARY KEY DEFAULT true CHECK (one),
    seq  bigint NOT NULL,
    hash bytea NOT NULL,
    mac  bytea NOT NULL
);
