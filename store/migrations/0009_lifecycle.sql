-- The case's lawful life: what Thông tư 05/2021/TT-TTCP makes of a petition, who
-- works on it beside whom, who judges its answers, and whom it is about.

ALTER TABLE units ADD COLUMN remote boolean NOT NULL DEFAULT false; -- vùng sâu, vùng xa đi lại khó khăn: longer terms

ALTER TABLE kinds
    ADD COLUMN written boolean NOT NULL DEFAULT false,
    ADD COLUMN chain   text[] NOT NULL DEFAULT '{}' CHECK (chain <@ ARRAY['unit_head', 'board_head', 'leader']);
UPDATE kinds SET written = true WHERE kind IN ('khieu_nai', 'to_cao');

ALTER TABLE cases
    ADD COLUMN written      boolean NOT NULL DEFAULT false,
    ADD COLUMN chain        text[] NOT NULL DEFAULT '{}',
    ADD COLUMN class        jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN round        smallint NOT NULL DEFAULT 1 CHECK (round IN (1, 2)),
    ADD COLUMN earlier      bigint REFERENCES cases,
    ADD COLUMN urgent       boolean NOT NULL DEFAULT false,
    ADD COLUMN helpers      jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN help_units   bigint[] NOT NULL DEFAULT '{}', -- of helpers, for the lists
    ADD COLUMN help_staff   bigint[] NOT NULL DEFAULT '{}',
    ADD COLUMN barred_units bigint[] NOT NULL DEFAULT '{}',
    ADD COLUMN barred_staff bigint[] NOT NULL DEFAULT '{}',
    ADD COLUMN matter       bigint, -- the vụ việc: cases of one matter share it; none: its own
    DROP CONSTRAINT cases_status_check,
    ADD CONSTRAINT cases_status_check CHECK (status IN ('received', 'awaiting_original', 'assigned', 'in_progress', 'waiting', 'in_review', 'suspended',
        'answered', 'closed', 'refused', 'guided', 'returned', 'transferred', 'filed_away', 'destroyed', 'divided', 'withdrawn', 'terminated'));
UPDATE cases SET written = kind IN ('khieu_nai', 'to_cao');
CREATE INDEX cases_help_units ON cases USING gin (help_units) WHERE help_units <> '{}';
CREATE INDEX cases_help_staff ON cases USING gin (help_staff) WHERE help_staff <> '{}';
CREATE INDEX cases_matter ON cases (matter) WHERE matter IS NOT NULL;
CREATE INDEX cases_earlier ON cases (earlier) WHERE earlier IS NOT NULL;

DROP INDEX cases_open;
CREATE INDEX cases_open ON cases (unit, officer) INCLUDE (status, due_on)
    WHERE status IN ('received', 'awaiting_original', 'assigned', 'in_progress', 'waiting', 'in_review', 'suspended');

ALTER TABLE entries
    DROP CONSTRAINT entries_action_check,
    ADD CONSTRAINT entries_action_check CHECK (action IN ('submit', 'record_original', 'classify', 'verify_more', 'accept', 'refuse', 'guide', 'send_back',
        'transfer', 'record_reply', 'file_away', 'retain', 'destroy', 'divide', 'link', 'unlink', 'bar', 'unbar', 'mark_urgent', 'assign', 'involve',
        'contribute', 'release', 'take', 'return', 'ask_more', 'supply', 'add', 'amend', 'tell', 'note', 'progress', 'consult', 'direct', 'extend',
        'suspend', 'resume', 'terminate', 'escalate', 'propose', 'endorse', 'revise', 'approve', 'answer', 'record_document', 'record_delivery',
        'publish', 'close', 'rate', 'reopen', 'ask_reopen', 'withdraw', 'ask_withdraw', 'record_withdrawal', 'withdraw_part')),
    ADD COLUMN unit bigint; -- of the one who acted, or in whose place they did

-- What the history of before didn't say, so that it alone tells what each case is.
UPDATE entries e SET details = e.details || jsonb_strip_nulls(jsonb_build_object('approval', nullif(c.approval, false), 'written', nullif(c.written, false),
        'corruption', nullif(c.corruption, false)))
    FROM cases c WHERE c.id = e.case_id AND e.action IN ('submit', 'classify');

-- Cases that belong together; made on case_id, read from both.
CREATE TABLE case_links (
    case_id bigint NOT NULL REFERENCES cases,
    other   bigint NOT NULL REFERENCES cases,
    kind    text NOT NULL CHECK (kind IN ('same_content', 'same_matter', 'second_round', 'part_of', 'related')),
    entry   integer NOT NULL,
    PRIMARY KEY (case_id, other),
    CHECK (case_id <> other)
);
CREATE INDEX case_links_other ON case_links (other);
