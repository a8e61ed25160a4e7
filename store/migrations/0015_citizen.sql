-- The citizen's side: a wish to reopen may be refused, and for how long it may be made; what citizens say of answers is counted.

ALTER TABLE office ADD COLUMN reopen_days integer NOT NULL DEFAULT 0 CHECK (reopen_days BETWEEN 0 AND 366); -- 0: as the product has it

ALTER TABLE entries
    DROP CONSTRAINT entries_action_check,
    ADD CONSTRAINT entries_action_check CHECK (action IN ('submit', 'record_original', 'classify', 'verify_more', 'accept', 'refuse', 'guide', 'send_back',
        'transfer', 'record_reply', 'urge', 'file_away', 'retain', 'destroy', 'divide', 'link', 'unlink', 'bar', 'unbar', 'mark_urgent', 'assign', 'involve',
        'contribute', 'release', 'take', 'return', 'ask_more', 'supply', 'add', 'amend', 'tell', 'note', 'progress', 'consult', 'direct', 'extend',
        'suspend', 'resume', 'terminate', 'escalate', 'propose', 'endorse', 'revise', 'approve', 'answer', 'record_document', 'record_delivery',
        'publish', 'close', 'rate', 'reopen', 'ask_reopen', 'refuse_reopen', 'withdraw', 'ask_withdraw', 'record_withdrawal', 'withdraw_part'));

-- Answers and what was said of them, by when.
CREATE INDEX entries_judged ON entries (at) WHERE action IN ('rate', 'answer', 'approve');
