-- By which rules a case that nobody has is to be routed: those that fitted when it was
-- filed or classified. A row stands from that very transaction until the case is routed,
-- so that what is killed in between is known. Of the case it holds nothing but its id.
CREATE TABLE case_routings (
    case_id bigint PRIMARY KEY REFERENCES cases ON DELETE CASCADE,
    rules   bigint[] NOT NULL,
    meant   bigint[] NOT NULL, -- what each of them asked and where it led
    since   timestamptz NOT NULL,
    again   timestamptz NOT NULL, -- when it is looked at, should the row still stand
    CHECK (cardinality(rules) > 0 AND cardinality(rules) = cardinality(meant))
);
CREATE INDEX case_routings_again ON case_routings (again);
