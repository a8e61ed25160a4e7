package backend_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strconv"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

func id(n int64) string { return strconv.FormatInt(n, 10) }

// join lets officer use an invitation of head's with a sample account.
func (s *site) join(head, officer *person) {
	s.t.Helper()
	token, err := s.store.Invite(s.t.Context(), head.Actor(), officer.ID, time.Now())
	if err == nil {
		_, err = s.store.Join(s.t.Context(), token, storetest.Peer(77), time.Now())
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// undelivered makes the case's receipt one that the citizen's app wouldn't take.
func (s *site) undelivered(c tiepdan.Case) {
	s.t.Helper()
	ms, err := s.store.ClaimMessages(s.t.Context(), 10)
	for _, m := range ms {
		if err == nil && m.Case == c.ID {
			err = s.store.Undelivered(s.t.Context(), m, store.Outcome{State: "blocked", Error: "blocked"})
		}
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// sent is a file of a form.
type sent struct{ name, content string }

// bring sends a form with files.
func (p *person) bring(path string, files []sent, pairs ...string) answer {
	p.s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := w.WriteField(pairs[i], pairs[i+1]); err != nil {
			p.s.t.Fatal(err)
		}
	}
	for _, f := range files {
		part, err := w.CreateFormFile("files", f.name)
		if err == nil {
			_, err = part.Write([]byte(f.content))
		}
		if err != nil {
			p.s.t.Fatal(err)
		}
	}
	w.Close()
	r, err := http.NewRequest(http.MethodPost, p.s.url+path, &b)
	if err != nil {
		p.s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	return p.do(r)
}
