-- The office's own templates of answers, and where the built-in ones stand among them.
CREATE TABLE answer_templates (
    key     text PRIMARY KEY CHECK (key ~ '^(b[.][a-z_]{1,28}|o[0-9]{1,18})$'),
    place   integer NOT NULL,
    active  boolean NOT NULL,
    version integer NOT NULL -- of an own one's text; 0: built in
);
CREATE SEQUENCE answer_template_keys;

-- Every text that an own one ever had.
CREATE TABLE answer_template_versions (
    key     text NOT NULL REFERENCES answer_templates,
    version integer NOT NULL CHECK (version > 0),
    name    text NOT NULL,
    action  text NOT NULL,
    result  text NOT NULL,
    kinds   text[] NOT NULL,
    body    text NOT NULL,
    copied  text NOT NULL,
    staff   bigint NOT NULL,
    at      timestamptz NOT NULL,
    PRIMARY KEY (key, version)
);
