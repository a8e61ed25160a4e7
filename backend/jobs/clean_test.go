package jobs_test

import (
	"crypto/rand"
	"fmt"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
)

func newSHA() string {
	var b [32]byte
	rand.Read(b[:])
	return fmt.Sprintf("%x", b)
}

// kept is a file that was kept so long ago.
func (o office) kept(t *testing.T, ago time.Duration) tiepdan.Attachment {
	t.Helper()
	f := tiepdan.Attachment{SHA256: newSHA(), Name: "anh-mau.jpg", MIME: "image/jpeg", Size: 1, Class: "photo"}
	if err := o.KeepFile(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Pool().Exec(t.Context(), `UPDATE files SET kept = $2 WHERE sha256 = $1`, f.SHA256, o.now().Add(-ago)); err != nil {
		t.Fatal(err)
	}
	return f
}

const day = 24 * time.Hour

func TestCleaningRemovesOnlyWhatIsStale(t *testing.T) {
	t.Parallel()
	o := open(t, workday.At(15*60))
	stale, young, filed, locked := o.kept(t, 9*day), o.kept(t, 7*day), o.kept(t, 30*day), o.kept(t, 10*day)
	storetest.File(t, o.Store, storetest.Petition(tiepdan.PhanAnh, "Đèn đường mẫu không sáng.", func(p *tiepdan.Petition) {
		p.Files = []tiepdan.Attachment{filed}
	}), storetest.Filing(storetest.Peer(1), o.now()))
	s := &shelf{refuses: locked.SHA256}
	o.run(t, s)
	await(t, "the stale file is gone", func() bool { return s.deleted(stale.SHA256) == 1 })
	await(t, "the job ended, to be tried again for the file that couldn't be removed", func() bool {
		return o.count(t, `SELECT count(*) FROM river_job WHERE kind = 'clean' AND cardinality(errors) > 0`) == 1
	})
	for name, f := range map[string]tiepdan.Attachment{"a draft's": young, "a case's": filed, "one that couldn't be removed": locked} {
		if s.deleted(f.SHA256) != 0 || o.count(t, `SELECT count(*) FROM files WHERE sha256 = $1`, f.SHA256) != 1 {
			t.Errorf("%s file was forgotten", name)
		}
	}
	if o.count(t, `SELECT count(*) FROM files WHERE sha256 = $1`, stale.SHA256) != 0 {
		t.Error("the stale file is still remembered")
	}
}

func TestCleaningForgetsWhatIsOver(t *testing.T) {
	t.Parallel()
	o := open(t, time.Now())
	_, err := o.Pool().Exec(t.Context(), `INSERT INTO inbox_seen (source, update_id, seen_at)
		VALUES ('mau', 1, now() - interval '80 hours'), ('mau', 2, now() - interval '70 hours')`)
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.Pool().Exec(t.Context(), `INSERT INTO secure_data (draft, sealed, at)
		VALUES ('cu', '', now() - interval '9 days'), ('moi', '', now() - interval '7 days')`)
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.Pool().Exec(t.Context(), `INSERT INTO secure_links (token, draft, lane, sealed, expires)
		VALUES ('\x01', 'cu', '', '', now() - interval '9 days'), ('\x02', 'moi', '', '', now() + interval '1 hour')`)
	if err != nil {
		t.Fatal(err)
	}
	o.run(t, &shelf{})
	await(t, "the cleaning is done", func() bool { return o.done(t, "clean") == 1 })
	for sql, want := range map[string]int{
		`SELECT sum(update_id)::int FROM inbox_seen WHERE source = 'mau'`:                2,
		`SELECT count(*) + 10 * count(*) FILTER (WHERE draft = 'moi') FROM secure_data`:  11,
		`SELECT count(*) + 10 * count(*) FILTER (WHERE draft = 'moi') FROM secure_links`: 11,
	} {
		if got := o.count(t, sql); got != want {
			t.Errorf("%s: %d, not %d", sql, got, want)
		}
	}
}
