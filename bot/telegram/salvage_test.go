package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// badServer answers getUpdates with what says returns for the offset asked.
func badServer(t *testing.T, says func(offset int64) string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/getUpdates") {
			_, _ = w.Write([]byte(`{"ok":true,"result":true}`))
			return
		}
		var in struct{ Offset int64 }
		_ = json.NewDecoder(r.Body).Decode(&in)
		_, _ = w.Write([]byte(`{"ok":true,"result":[` + says(in.Offset) + `]}`))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestADamagedUpdateIsPutAsideAndTheQueueMovesOn(t *testing.T) {
	t.Parallel()
	good := map[int64]string{1: `{"update_id":1,"message":{"chat":{"id":42,"type":"private"}}}`,
		3: `{"update_id":3,"message":{"chat":{"id":42,"type":"private"}}}`}
	o := newOffice(t)
	b, err := New(Options{Token: "1:a", Store: o.store, Registry: prometheus.NewRegistry(), URL: badServer(t, func(offset int64) string {
		switch {
		case offset <= 1:
			return good[1] + `, {"update_id":2,"message":{"text":"bro` + "\n" + `ken"` + ` , ` + good[3]
		case offset <= 2:
			return `{"update_id":2,"message":{"te,` + good[3]
		}
		return good[3]
	})})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- b.poll(ctx) }()
	o.store.until(t, "all three are kept", func() bool { return len(o.store.letters) == 3 })
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	for i, want := range []string{"42", nobody.ID, "42"} {
		if l := o.store.letters[i]; l.ID != int64(i+1) || l.Peer.ID != want {
			t.Errorf("letter %d is %d of %s", i, l.ID, l.Peer.ID)
		}
	}
	if _, _, err := b.event(o.store.letters[1]); !errors.Is(err, errPoison) {
		t.Errorf("the damaged one reads as %v", err)
	}
}

func TestWhatIsNoUpdateIsNotAskedForWithoutAPause(t *testing.T) {
	t.Parallel()
	o, enough := newOffice(t), errors.New("enough")
	b, err := New(Options{Token: "1:a", Store: o.store, Registry: prometheus.NewRegistry(),
		URL: badServer(t, func(int64) string { return `7,null,{"update_id":"x"}` })})
	if err != nil {
		t.Fatal(err)
	}
	var waits []time.Duration
	b.pause = func(_ context.Context, d time.Duration) error {
		if waits = append(waits, d); len(waits) == 8 {
			return enough
		}
		return nil
	}
	if err := b.poll(t.Context()); !errors.Is(err, enough) {
		t.Error(err)
	}
	if last := waits[len(waits)-1]; last < 5*time.Second {
		t.Errorf("the eighth wait is %v", last)
	}
}

func TestAnAnswerThatIsntABatchIsNotSalvaged(t *testing.T) {
	t.Parallel()
	for _, body := range []string{``, `<html>`, `{"ok":false,"result":[{`, `{"ok":true,"result":7`, `{"ok":true`} {
		if got := salvage(&failure{why: unknown, body: []byte(body)}); got != nil {
			t.Errorf("%s: %s", body, got)
		}
	}
	for _, raw := range []string{`7`, `null`, `{"update_id":"x`, `{"update_id":-5,`, `{"update_id":99999999999999999999,`, `{"update_id":5}`} {
		if u, _, err := damaged([]byte(raw)); err == nil {
			t.Errorf("%s is taken for %d", raw, u.ID)
		}
	}
}
