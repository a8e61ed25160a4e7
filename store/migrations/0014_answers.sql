-- Answers on their way: whose turn it is, what leaders are asked, what is being written.

ALTER TABLE cases
    ADD COLUMN judge    text NOT NULL DEFAULT '', -- whose turn it is to judge the answer that waits: kept for the lists only
    ADD COLUMN question integer NOT NULL DEFAULT 0; -- the entry that asks a leader for direction while it is open: likewise
UPDATE cases SET judge = coalesce(chain[1], 'decider') WHERE status = 'in_review';
UPDATE cases c SET question = e.n FROM entries e WHERE e.case_id = c.id AND e.action = 'consult'
    AND NOT EXISTS (SELECT FROM entries d WHERE d.case_id = e.case_id AND d.n > e.n AND d.action IN ('consult', 'direct'));
CREATE INDEX cases_judge ON cases (received) WHERE judge <> '';
CREATE INDEX cases_question ON cases (received) WHERE question > 0;

-- Answers that somebody is writing. Each window writes its own, so that nothing is written over.
CREATE TABLE answer_drafts (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id bigint NOT NULL REFERENCES cases,
    staff   bigint NOT NULL REFERENCES staff,
    version integer NOT NULL,
    body    jsonb NOT NULL,
    saved   timestamptz NOT NULL
);
CREATE INDEX answer_drafts_case ON answer_drafts (case_id);
