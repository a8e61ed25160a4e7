-- Everything that staff do. A row is committed with its act; one sealer later chains
-- the committed rows, so that the chain makes nobody wait.

CREATE TABLE audit (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at           timestamptz NOT NULL,
    actor_staff  bigint NOT NULL,
    actor_role   text NOT NULL,
    action       text NOT NULL,
    subject_kind text NOT NULL,
    subject_id   bigint NOT NULL,
    detail       jsonb NOT NULL, -- ids and counts, never a word of anybody's
    seq          bigint CONSTRAINT audit_seq UNIQUE,
    prev         bytea,
    hash         bytea,
    CHECK ((seq IS NULL) = (hash IS NULL) AND (seq IS NULL) = (prev IS NULL))
) WITH (fillfactor = 80);
CREATE INDEX audit_unsealed ON audit (id) WHERE seq IS NULL;
CREATE INDEX audit_subject ON audit (subject_kind, subject_id, id);

-- A row is added, and chained once. Nothing else may happen to it.
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.seq IS NULL AND NEW.seq IS NOT NULL
       AND (NEW.id, NEW.at, NEW.actor_staff, NEW.actor_role, NEW.action, NEW.subject_kind, NEW.subject_id, NEW.detail)
           IS NOT DISTINCT FROM
           (OLD.id, OLD.at, OLD.actor_staff, OLD.actor_role, OLD.action, OLD.subject_kind, OLD.subject_id, OLD.detail) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit log only grows';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER audit_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
