-- What the office still owes: small, however many cases were closed before. The
-- morning's digest and the loads of people are counted by it alone.
CREATE INDEX cases_open ON cases (unit, officer) INCLUDE (status, due_on)
    WHERE status IN ('received', 'awaiting_original', 'assigned', 'in_progress', 'waiting', 'in_review');
