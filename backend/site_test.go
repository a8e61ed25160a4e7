package backend_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/alexedwards/scs/v2/memstore"

	"tiepdan"
	"tiepdan/backend"
	"tiepdan/store"
	"tiepdan/store/storetest"
	"tiepdan/templates/paper"
)

// site is the staff site over a store of the test's own.
type site struct {
	t     testing.TB
	store *store.Store
	url   string
	files *shelf
	log   *record
}

func newSite(t testing.TB, options ...storetest.Option) *site {
	t.Helper()
	return newSiteAt(t, time.Now, options...)
}

// newSiteAt is a site whose pages have a clock of their own.
func newSiteAt(t testing.TB, now func() time.Time, options ...storetest.Option) *site {
	t.Helper()
	s := &site{t: t, store: storetest.Open(t, options...), files: &shelf{kept: map[string][]byte{}}, log: &record{}}
	server, err := backend.New(backend.Options{Store: s.store, Sessions: memstore.NewWithCleanupInterval(0), Files: s.files, Keeper: s.files,
		Papers: papers{}, PublicURL: "http://localhost", BotName: func() string { return "mau_bot" },
		Log: slog.New(slog.NewTextHandler(s.log, nil)), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(server.Handler())
	t.Cleanup(h.Close)
	t.Cleanup(server.Close)
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(s.log)
		}
	})
	s.url = h.URL
	return s
}

// record is a log that a test can read.
type record struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *record) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *record) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// shelf keeps files in memory.
type shelf struct {
	mu   sync.Mutex
	kept map[string][]byte
}

func (s *shelf) Open(_ context.Context, sha string) (io.ReadCloser, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, ok := s.kept[sha]
	if !ok {
		return nil, fmt.Errorf("no file")
	}
	return struct {
		io.ReadSeeker
		io.Closer
	}{bytes.NewReader(b), io.NopCloser(nil)}, nil
}

// Keep refuses what is called .exe.
func (s *shelf) Keep(_ context.Context, name, _ string, r io.Reader, _ bool) (tiepdan.Attachment, string, error) {
	if strings.HasSuffix(name, ".exe") {
		return tiepdan.Attachment{}, "file.type", nil
	}
	b, err := io.ReadAll(r)
	if err != nil {
		return tiepdan.Attachment{}, "", err
	}
	return s.put(name, b), "", nil
}

func (s *shelf) put(name string, b []byte) tiepdan.Attachment {
	sum := sha256.Sum256(b)
	a := tiepdan.Attachment{SHA256: hex.EncodeToString(sum[:]), Name: name, MIME: mime.TypeByExtension(name[strings.LastIndex(name, "."):]),
		Size: int64(len(b)), Class: "document"}
	if strings.HasPrefix(a.MIME, "image/") {
		a.Class = "photo"
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept[a.SHA256] = b
	return a
}

type papers struct{}

func (papers) Paper(_ context.Context, kind string, _ int64) (name, mime string, data []byte, err error) {
	return kind + ".pdf", "application/pdf", []byte("%PDF-1.7 mẫu"), nil
}

// CaseList answers with the codes and the words of the lines.
func (papers) CaseList(_ context.Context, lines func(func(tiepdan.CaseLine) error) (bool, error)) (name, mime string, data []byte, err error) {
	_, err = lines(func(l tiepdan.CaseLine) error {
		data = append(data, string(l.Code)+" "+l.Excerpt+"\n"...)
		return nil
	})
	return "ho-so.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", data, err
}

// Print answers with what it was asked for, a calendar with its words.
func (papers) Print(_ context.Context, _ tiepdan.Actor, what string, id int64, q url.Values) (name, mime string, data []byte, err error) {
	switch what {
	case "ics", "session_ics":
		return what + ".ics", "text/calendar", []byte(fmt.Sprintf("BEGIN:VCALENDAR\r\nX-ASKED:%d %s\r\nEND:VCALENDAR\r\n", id, q.Encode())), nil
	}
	return what + ".pdf", "application/pdf", []byte("%PDF-1.7 mẫu " + q.Encode()), nil
}

func (papers) Forms() (all []tiepdan.PaperForm) {
	for _, f := range paper.Forms() {
		from, _ := tiepdan.ParseDate(f.ValidFrom)
		all = append(all, tiepdan.PaperForm{Kind: f.Kind, FormCode: f.FormCode, Source: f.Source, ValidFrom: from, Confirmed: f.Confirmed, Internal: f.Internal})
	}
	return all
}

func (papers) FormFields(kind string) (all []tiepdan.PaperField, err error) {
	f, _ := paper.FormOf(kind)
	used, err := f.Used()
	for _, i := range f.Fields() {
		all = append(all, tiepdan.PaperField{Name: i.Name, Kind: i.Kind, Items: i.Items, Used: slices.Contains(used, i.Name), Key: "f_" + i.Name})
	}
	return all, err
}

func (papers) FormTemplate(kind string) (name, mime string, data []byte, err error) {
	return kind + "-mau.docx", "application/x-mau", []byte("PK mẫu"), nil
}

func (papers) FormSample(kind string) (name, mime string, data []byte, err error) {
	return kind + "-thu.pdf", "application/pdf", []byte("%PDF-1.7 thử"), nil
}

// TryTemplate takes what begins as a zip file does, and says that a field lacks.
func (papers) TryTemplate(kind string, docx []byte) (name, mime string, filled []byte, unused []string, err error) {
	if docx != nil && !bytes.HasPrefix(docx, []byte("PK")) {
		return "", "", nil, nil, &tiepdan.Error{Code: tiepdan.Invalid, Key: "template.unknown_field", Args: map[string]any{"What": "Nmae"}}
	}
	return kind + "-thu.docx", "application/x-mau", append([]byte("PK thử "), docx...), []string{"Code"}, nil
}

// cheap keeps the tests from spending their time on passwords.
var cheap = &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// person is somebody with a browser: one without JavaScript.
type person struct {
	tiepdan.Staff
	s        *site
	password string
	client   *http.Client
	header   map[string]string
}

// stranger has a browser and no sign-in.
func (s *site) stranger() *person {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &person{s: s, client: &http.Client{Jar: jar, Timeout: 20 * time.Second}}
}

// hire adds a member of staff with a password, who hasn't signed in.
func (s *site) hire(role tiepdan.Role, unit string, cleared bool) *person {
	s.t.Helper()
	var id int64
	if unit != "" {
		id = storetest.Unit(s.t, s.store, unit)
	}
	p := s.stranger()
	p.Staff, p.password = storetest.Staff(s.t, s.store, role, id, cleared), rand.Text()
	hash, err := argon2id.CreateHash(p.password, cheap)
	if err == nil {
		err = s.store.SetPassword(s.t.Context(), tiepdan.Actor{Role: tiepdan.System}, p.ID, hash)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

// staff is somebody who has signed in.
func (s *site) staff(role tiepdan.Role, unit string, cleared bool) *person {
	s.t.Helper()
	p := s.hire(role, unit, cleared)
	if got := p.post("/sign-in", "login", p.Login, "password", p.password); got.status != http.StatusOK || got.path == "/sign-in" {
		s.t.Fatalf("signing in: %d at %s", got.status, got.path)
	}
	return p
}

// answer is a page as it came, after all redirects.
type answer struct {
	page
	status int
	path   string
	header http.Header
	body   string
}

func (p *person) do(r *http.Request) answer {
	p.s.t.Helper()
	for k, v := range p.header {
		r.Header.Set(k, v)
	}
	res, err := p.client.Do(r)
	if err != nil {
		p.s.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		p.s.t.Fatal(err)
	}
	return answer{page: parse(p.s.t, b), status: res.StatusCode, path: res.Request.URL.RequestURI(), header: res.Header, body: string(b)}
}

func (p *person) get(path string) answer {
	p.s.t.Helper()
	r, err := http.NewRequest(http.MethodGet, p.s.url+path, nil)
	if err != nil {
		p.s.t.Fatal(err)
	}
	return p.do(r)
}

// post sends a form; pairs are names and values.
func (p *person) post(path string, pairs ...string) answer {
	p.s.t.Helper()
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	r, err := http.NewRequest(http.MethodPost, p.s.url+path, strings.NewReader(v.Encode()))
	if err != nil {
		p.s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return p.do(r)
}

// file files a sample petition by chat.
func (s *site) file(kind tiepdan.Kind, text string, change ...func(*tiepdan.Petition)) tiepdan.Case {
	s.t.Helper()
	return storetest.File(s.t, s.store, storetest.Petition(kind, text, change...), filing())
}

func sample() tiepdan.Petition {
	return storetest.Petition(tiepdan.PhanAnh, "Một phản ánh mẫu nữa, đủ dài để gửi")
}

func filing() tiepdan.Filing {
	return storetest.Filing(tiepdan.Peer{Channel: "telegram", ID: rand.Text()}, time.Now())
}
