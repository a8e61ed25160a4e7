-- How answers reach people, what is reported of them upward, and what is closed by itself.

ALTER TABLE office ADD COLUMN close_days integer NOT NULL DEFAULT 0 CHECK (close_days BETWEEN 0 AND 366); -- after the delivery; 0: never by itself

ALTER TABLE cases
    ADD COLUMN awaits      boolean NOT NULL DEFAULT false, -- somebody has to bring its answer to the citizen: kept for the lists only
    ADD COLUMN closes_from date; -- the day that its days until it is closed by itself count from: likewise
UPDATE cases c SET awaits = true WHERE status = 'answered' AND NOT EXISTS (SELECT FROM entries e WHERE e.case_id = c.id AND e.action = 'record_delivery')
    AND (channel = 'desk' OR written);
UPDATE cases c SET closes_from = (SELECT (max(e.at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date FROM entries e WHERE e.case_id = c.id AND e.action IN ('answer', 'approve'))
    WHERE status = 'answered' AND NOT awaits;
CREATE INDEX cases_awaits ON cases (received) WHERE awaits;
CREATE INDEX cases_closes ON cases (closes_from) WHERE closes_from IS NOT NULL;

-- Which end of a message with an answer stands in its case's history.
ALTER TABLE outbox ADD COLUMN noted text NOT NULL DEFAULT '';
UPDATE outbox SET noted = state WHERE key = 'notice.answered';
CREATE INDEX outbox_unnoted ON outbox (id)
    WHERE key = 'notice.answered' AND audience = 'citizen' AND state IN ('sent', 'failed', 'blocked') AND noted <> state;

-- An answer that has to be brought by another way is a task of its own: it is done by bringing it.
ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check,
    ADD CONSTRAINT tasks_kind_check CHECK (kind IN ('undeliverable', 'dead_update', 'call_back', 'deliver'));

-- What was reported of each case when it was closed, as it was then.
CREATE TABLE results (
    case_id   bigint NOT NULL REFERENCES cases,
    entry     integer NOT NULL,
    at        timestamptz NOT NULL,
    kind      text NOT NULL,
    unit      bigint REFERENCES units,
    outcome   text NOT NULL,
    document  text NOT NULL,
    signed    date,
    answered  date NOT NULL,
    how       text NOT NULL,
    delivered date,
    due       date,
    late      integer NOT NULL,
    told_to   bigint[] NOT NULL, -- who had the report, of the desk and the board's head
    PRIMARY KEY (case_id, entry)
);
CREATE INDEX results_at ON results (at, case_id);
