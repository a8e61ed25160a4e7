-- The office's own Word templates of the papers of a case, every version of them. A
-- version without data went back to the template that the program brings.
CREATE TABLE document_templates (
    kind    text NOT NULL CHECK (kind ~ '^[a-z_]{1,40}$'),
    version integer NOT NULL CHECK (version > 0),
    name    text NOT NULL, -- of the file, as it was uploaded
    data    bytea CHECK (octet_length(data) <= 4194304),
    staff   bigint NOT NULL,
    at      timestamptz NOT NULL,
    PRIMARY KEY (kind, version)
);
