-- What is looked after when a case isn't worked on any more: the reply of the body
-- that it was transferred to, and the year for which it is kept.

ALTER TABLE entries
    DROP CONSTRAINT entries_action_check,
    ADD CONSTRAINT entries_action_check CHECK (action IN ('submit', 'record_original', 'classify', 'verify_more', 'accept', 'refuse', 'guide', 'send_back',
        'transfer', 'record_reply', 'urge', 'file_away', 'retain', 'destroy', 'divide', 'link', 'unlink', 'bar', 'unbar', 'mark_urgent', 'assign', 'involve',
        'contribute', 'release', 'take', 'return', 'ask_more', 'supply', 'add', 'amend', 'tell', 'note', 'progress', 'consult', 'direct', 'extend',
        'suspend', 'resume', 'terminate', 'escalate', 'propose', 'endorse', 'revise', 'approve', 'answer', 'record_document', 'record_delivery',
        'publish', 'close', 'rate', 'reopen', 'ask_reopen', 'withdraw', 'ask_withdraw', 'record_withdrawal', 'withdraw_part'));

-- Of a transferred case without a reply the day of its transfer, of one filed away
-- the day until which it is kept; worked out from the history, for the lists only.
ALTER TABLE cases ADD COLUMN follow_up date;
CREATE INDEX cases_follow_up ON cases (status, follow_up, id) WHERE follow_up IS NOT NULL;
UPDATE cases c SET follow_up = (SELECT (max(e.at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date FROM entries e WHERE e.case_id = c.id AND e.to_status = 'transferred')
    WHERE status = 'transferred';
