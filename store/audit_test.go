package store_test

import (
	"slices"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// withAudit is a store whose log has some chained rows.
func withAudit(t *testing.T) *store.Store {
	t.Helper()
	s := storetest.Open(t)
	for i := range 5 {
		storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish), storetest.Filing(storetest.Peer(i), time.Now()))
	}
	if n, err := s.SealAudit(t.Context()); err != nil || n != 6 { // the seeding is one
		t.Fatalf("%d rows were chained, %v", n, err)
	}
	return s
}

func verify(t *testing.T, s *store.Store) store.AuditReport {
	t.Helper()
	report, err := s.VerifyAudit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestAnHonestAuditLogVerifies(t *testing.T) {
	t.Parallel()
	s := withAudit(t)
	storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish), storetest.Filing(storetest.Peer(9), time.Now()))
	if r := verify(t, s); r.Rows != 7 || r.Sealed != 6 || r.Unsealed != 1 || len(r.Broken) != 0 || r.Head == "" {
		t.Errorf("%+v", r)
	}
}

func TestTheAuditLogOnlyGrows(t *testing.T) {
	t.Parallel()
	s := withAudit(t)
	for _, sql := range []string{
		`DELETE FROM audit`, `TRUNCATE audit`, `UPDATE audit SET action = 'x'`, `UPDATE audit SET hash = prev`,
		`UPDATE audit SET seq = NULL, prev = NULL, hash = NULL`,
	} {
		if _, err := s.Pool().Exec(t.Context(), sql); err == nil {
			t.Errorf("%s went through", sql)
		}
	}
}

func TestTamperingShows(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		sql  string
		want store.AuditBreak
	}{
		"a changed actor":  {`UPDATE audit SET actor_staff = 99 WHERE seq = 3`, store.AuditBreak{Seq: 3, Row: 3, What: "changed"}},
		"a changed detail": {`UPDATE audit SET detail = '{"entry": 2}' WHERE seq = 4`, store.AuditBreak{Seq: 4, Row: 4, What: "changed"}},
		"a changed time":   {`UPDATE audit SET at = at + interval '1 microsecond' WHERE seq = 2`, store.AuditBreak{Seq: 2, Row: 2, What: "changed"}},
		"a removed row":    {`DELETE FROM audit WHERE seq = 3`, store.AuditBreak{Seq: 3, What: "missing"}},
		"a removed first":  {`DELETE FROM audit WHERE seq = 1`, store.AuditBreak{Seq: 1, What: "missing"}},
		"a removed last":   {`DELETE FROM audit WHERE seq = 6`, store.AuditBreak{Seq: 6, What: "missing"}},
		"a removed end":    {`DELETE FROM audit WHERE seq > 3`, store.AuditBreak{Seq: 4, What: "missing"}},
		"an emptied log":   {`DELETE FROM audit`, store.AuditBreak{Seq: 1, What: "missing"}},
		"all of it gone":   {`WITH gone AS (DELETE FROM audit_head) DELETE FROM audit`, store.AuditBreak{Seq: 1, What: "missing"}},
		"a head moved back": {`WITH gone AS (DELETE FROM audit WHERE seq = 6 RETURNING prev)
			UPDATE audit_head SET seq = 5, hash = gone.prev FROM gone`, store.AuditBreak{Seq: 5, What: "unlinked"}},
		"a removed head": {`DELETE FROM audit_head`, store.AuditBreak{Seq: 6, What: "unlinked"}},
		"a swapped subject": {`UPDATE audit a SET subject_id = b.subject_id FROM audit b WHERE a.seq IN (3, 4) AND b.seq = 7 - a.seq`,
			store.AuditBreak{Seq: 3, Row: 3, What: "changed"}},
		"a closed gap": {`WITH gone AS (DELETE FROM audit WHERE seq = 6 RETURNING prev, hash)
			UPDATE audit SET prev = gone.prev, hash = gone.hash FROM gone WHERE seq = 5`, store.AuditBreak{Seq: 5, Row: 5, What: "changed"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := withAudit(t)
			for _, sql := range []string{`ALTER TABLE audit DISABLE TRIGGER USER`, tt.sql, `ALTER TABLE audit ENABLE TRIGGER USER`} {
				if _, err := s.Pool().Exec(t.Context(), sql); err != nil {
					t.Fatal(err)
				}
			}
			if r := verify(t, s); len(r.Broken) == 0 || r.Broken[0] != tt.want {
				t.Errorf("broken: %+v, want first %+v", r.Broken, tt.want)
			}
		})
	}
}

func TestARemovedEndStaysAGapWhenTheLogGoesOn(t *testing.T) {
	t.Parallel()
	s := withAudit(t)
	for _, sql := range []string{`ALTER TABLE audit DISABLE TRIGGER USER`, `DELETE FROM audit WHERE seq > 4`, `ALTER TABLE audit ENABLE TRIGGER USER`} {
		if _, err := s.Pool().Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish), storetest.Filing(storetest.Peer(9), time.Now()))
	if _, err := s.SealAudit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, s); len(r.Broken) == 0 || r.Broken[0] != (store.AuditBreak{Seq: 5, What: "missing"}) {
		t.Errorf("broken: %+v", r.Broken)
	}
}

func TestSealingSkipsNoLateCommit(t *testing.T) {
	t.Parallel()
	s := withAudit(t)
	late, err := s.Pool().Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer late.Rollback(t.Context())
	_, err = late.Exec(t.Context(), `INSERT INTO audit (at, actor_staff, actor_role, action, subject_kind, subject_id, detail)
		VALUES (now(), 0, 'system', 'late', 'case', 1, '{}')`)
	if err != nil {
		t.Fatal(err)
	}
	storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish), storetest.Filing(storetest.Peer(9), time.Now()))
	if n, err := s.SealAudit(t.Context()); err != nil || n != 1 {
		t.Fatalf("chained %d, %v", n, err)
	}
	if err := late.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n, err := s.SealAudit(t.Context()); err != nil || n != 1 {
		t.Fatalf("chained %d, %v", n, err)
	}
	if r := verify(t, s); r.Sealed != 8 || len(r.Broken) != 0 {
		t.Errorf("%+v", r)
	}
}

func TestSealersAndWritersTogether(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	var g errgroup.Group
	for i := range 4 {
		g.Go(func() error {
			for range 10 {
				if _, _, err := s.FileCase(t.Context(), storetest.Petition(tiepdan.PhanAnh, rubbish), storetest.Filing(storetest.Peer(i), time.Now())); err != nil {
					return err
				}
			}
			return nil
		})
		g.Go(func() error {
			for range 5 {
				if _, err := s.SealAudit(t.Context()); err != nil {
					return err
				}
				if _, err := s.NumberCases(t.Context()); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SealAudit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, s); r.Sealed != 41 || r.Unsealed != 0 || len(r.Broken) != 0 {
		t.Errorf("%+v", r)
	}
	if _, err := s.NumberCases(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := count(t, s, `SELECT count(DISTINCT case_id) FROM book WHERE number BETWEEN 1 AND 40`); n != 40 {
		t.Errorf("%d of 40 cases stand in the book, each under its number", n)
	}
}

func TestALookAtASealedCaseIsOnRecord(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	cleared, not := storetest.Staff(t, s, tiepdan.BoardHead, 0, true), storetest.Staff(t, s, tiepdan.BoardHead, 0, false)
	c := storetest.File(t, s, storetest.Petition(tiepdan.ToCao, rubbish), storetest.Filing(storetest.Peer(1), time.Now()))
	for _, by := range []tiepdan.Staff{cleared, not} {
		if _, err := s.ViewCase(t.Context(), c.ID, by.Actor()); err != nil {
			t.Fatal(err)
		}
	}
	rows, _, err := s.AuditList(t.Context(), store.AuditFilter{SubjectKind: "case", SubjectID: c.ID, Action: "view"})
	if err != nil || len(rows) != 1 || rows[0].ActorStaff != cleared.ID || rows[0].SubjectCode != string(c.Code) {
		t.Errorf("looks on record: %+v, %v", rows, err)
	}
	var all []int64
	for after := ""; ; {
		rows, next, err := s.AuditList(t.Context(), store.AuditFilter{Limit: 2, After: after})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			all = append(all, r.ID)
		}
		if after = next; after == "" {
			break
		}
	}
	if n := count(t, s, `SELECT count(*) FROM audit`); n != len(slices.Compact(all)) {
		t.Errorf("the pages have %d rows of %d", len(all), n)
	}
}
