-- Where cases go, and who is away.

CREATE TABLE routing_rules (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name    text NOT NULL,
    place   integer NOT NULL, -- the first that fits decides
    kinds   text[] NOT NULL,
    fields  text[] NOT NULL,
    places  text[] NOT NULL,
    words   text[] NOT NULL,
    unit    bigint NOT NULL REFERENCES units,
    officer bigint REFERENCES staff,
    rotate  boolean NOT NULL,
    auto    boolean NOT NULL,
    active  boolean NOT NULL,
    CHECK (officer IS NULL OR NOT rotate)
);

CREATE TABLE leaves (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    staff_id   bigint NOT NULL REFERENCES staff,
    starts     date NOT NULL,
    ends       date NOT NULL CHECK (ends >= starts),
    substitute bigint REFERENCES staff CHECK (substitute <> staff_id),
    note       text NOT NULL,
    by_staff   bigint NOT NULL,
    created    timestamptz NOT NULL
);
CREATE INDEX leaves_ends ON leaves (ends);

-- When each officer was last given a case: whose turn it is when loads are equal.
CREATE TABLE officer_turns (
    staff_id bigint PRIMARY KEY REFERENCES staff,
    given    timestamptz NOT NULL
);
