-- What petitions have in common.

-- What a text is found by when another reads like it: keys of its shingles and of its longest sentences, the
-- newest case of a key first. A sealed or destroyed case has none.
CREATE TABLE case_prints (
    key     bigint NOT NULL,
    case_id bigint NOT NULL,
    PRIMARY KEY (key, case_id)
);
-- Whose keys stand there; they are made after the filing, so that nobody waits for them.
CREATE TABLE case_printed (
    case_id bigint PRIMARY KEY REFERENCES cases,
    keys    bigint[] NOT NULL
);

-- Other petitions of the same person.
CREATE INDEX cases_phone ON cases ((person ->> 'phone'), id) WHERE person ->> 'phone' <> '';
CREATE INDEX cases_name ON cases (vn_words(person ->> 'name'), id) WHERE person ->> 'name' <> '';

-- Two that read alike and were found to have nothing to do with each other.
CREATE TABLE case_unlike (
    case_id bigint NOT NULL REFERENCES cases,
    other   bigint NOT NULL REFERENCES cases,
    staff   bigint NOT NULL REFERENCES staff,
    at      timestamptz NOT NULL,
    PRIMARY KEY (case_id, other),
    CHECK (case_id < other)
);
CREATE INDEX case_unlike_other ON case_unlike (other);
