package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"tiepdan"
	"tiepdan/backend"
	"tiepdan/bot/telegram"
	"tiepdan/bot/telegram/simulator"
	"tiepdan/internal/testenv"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// workshop is where the real program is built.
var workshop string

// binary is the real program, built once for all tests of the package.
var binary = sync.OnceValues(func() (string, error) {
	path := filepath.Join(workshop, "tiepdan")
	out, err := exec.Command("go", "build", "-buildvcs=false", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	var err error
	if workshop, err = os.MkdirTemp("", "tiepdan-test-"); err != nil {
		panic(err)
	}
	status := m.Run()
	os.RemoveAll(workshop)
	os.Exit(status)
}

// office is the real binary as a test runs it: with a database, a Redis and a
// Bot API of its own.
type office struct {
	t        *testing.T
	sim      *simulator.Server
	store    *store.Store // the test's own door to the same database
	env      []string
	site     string
	cmd      *exec.Cmd
	log      *logbook
	password string
}

// patience bounds what a test waits for. A loaded machine needs more than a fast one.
const patience = 120 * time.Second

func openOffice(t *testing.T, mode string) *office {
	t.Helper()
	o := &office{t: t, log: &logbook{}, password: storetestPassword(t)}
	o.sim = simulator.New(simulator.Options{RetryUnit: 20 * time.Millisecond, CalmSetWebhook: true})
	if err := o.sim.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.sim.Close() })
	addr, err := freeAddress()
	if err != nil {
		t.Fatal(err)
	}
	o.site = "http://" + addr
	dir := t.TempDir()
	database, redis, key := storetest.Database(t), testenv.Redis(t), filepath.Join(dir, "identity.key")
	o.env = append(os.Environ(), "DATABASE_URL="+database, "REDIS_URL="+redis, "TELEGRAM_BOT_TOKEN="+o.sim.Token(),
		"TELEGRAM_API_URL="+o.sim.URL(), "HTTP_ADDR="+addr, "IDENTITY_KEY_FILE="+key, "ATTACHMENTS_URL="+filepath.Join(dir, "files"),
		"TELEGRAM_MODE="+mode, "TELEGRAM_WEBHOOK_URL="+o.site+"/telegram/a-path-of-its-own", "OFFICE_FILE="+filepath.Join(testenv.Root(t), "cmd/tiepdan/sample/office.json"))
	o.start()
	o.store, err = store.Open(t.Context(), store.Options{Database: database, Redis: redis, KeyFile: key})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.store.Close)
	return o
}

// storetestPassword is one that nobody has used before.
func storetestPassword(t *testing.T) string {
	t.Helper()
	return fmt.Sprintf("%x", storetest.Key())[:20]
}

// logbook is what the binary wrote to its log.
type logbook struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (o *office) start() {
	o.t.Helper()
	path, err := binary()
	if err != nil {
		o.t.Fatal(err)
	}
	o.cmd = exec.Command(path, "serve")
	o.cmd.Env, o.cmd.Stdout, o.cmd.Stderr = o.env, o.log, o.log
	if err := o.cmd.Start(); err != nil {
		o.t.Fatal(err)
	}
	cmd := o.cmd
	o.t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	if err := awaitReady(o.t.Context(), o.site); err != nil {
		o.t.Fatalf("%v\n%s", err, o.log)
	}
}

// kill ends the binary as a power cut would.
func (o *office) kill() {
	o.t.Helper()
	if err := o.cmd.Process.Kill(); err != nil {
		o.t.Fatal(err)
	}
	_ = o.cmd.Wait()
}

func (o *office) context() (context.Context, context.CancelFunc) {
	return context.WithTimeout(o.t.Context(), patience)
}

// hire makes a member of staff who can sign in and has joined the bot.
func (o *office) hire(login string, role tiepdan.Role, unit string) (*browser, *simulator.User) {
	o.t.Helper()
	ctx, cancel := o.context()
	defer cancel()
	rules, err := o.store.Rules(ctx)
	o.must(err)
	id, err := o.store.SaveStaff(ctx, nobody, tiepdan.Staff{Login: login, Name: "Cán bộ Mẫu " + login, Role: role,
		Unit: unitID(rules, unit), Cleared: role == tiepdan.BoardHead, Language: tiepdan.Vietnamese})
	o.must(err)
	hash, err := argon2id.CreateHash(o.password, backend.PasswordParams)
	o.must(err)
	o.must(o.store.SetPassword(ctx, nobody, id, hash))
	token, err := o.store.Invite(ctx, nobody, id, time.Now())
	o.must(err)
	phone := o.sim.User(simulator.Person{Name: "Cán bộ Mẫu " + login, Lang: "vi"})
	phone.Start("join_" + token)
	o.await(phone, func() bool {
		pending, err := o.store.PendingJoins(ctx)
		o.must(err)
		for _, j := range pending {
			if j.Staff == id {
				o.must(o.store.ConfirmJoin(ctx, nobody, j.ID, true, time.Now()))
				return true
			}
		}
		return false
	})
	return o.signIn(login), phone
}

// refusedNothing is what holds of all that Telegram was asked.
func (o *office) refusedNothing() {
	o.t.Helper()
	if refused := o.sim.Stats().Refused; len(refused) > 0 {
		o.t.Errorf("Telegram refused: %+v", refused)
	}
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatalf("%v\n%s", err, o.log)
	}
}

func (o *office) await(u *simulator.User, done func() bool) {
	o.t.Helper()
	ctx, cancel := o.context()
	defer cancel()
	if err := u.Until(ctx, done); err != nil {
		o.t.Fatalf("%v\nchat:\n%s\nlog:\n%s", err, chatOf(u), o.log)
	}
}

// hear waits until the bot says something to u that holds these words.
func (o *office) hear(u *simulator.User, words string) simulator.Message {
	o.t.Helper()
	var m simulator.Message
	o.await(u, func() bool {
		for _, said := range u.Messages() {
			if said.FromBot && strings.Contains(said.Text, words) {
				m = said
				return true
			}
		}
		return false
	})
	return m
}

// press waits for a button and presses it.
func (o *office) press(u *simulator.User, label string) {
	o.t.Helper()
	o.await(u, func() bool { return u.Press(label) == nil })
}

func chatOf(u *simulator.User) string {
	var b strings.Builder
	for _, m := range u.Messages() {
		who := "»"
		if m.FromBot {
			who = "«"
		}
		fmt.Fprintf(&b, "%s %d %s\n", who, m.ID, m.Text)
		for _, row := range m.Buttons {
			for _, button := range row {
				fmt.Fprintf(&b, "   [%s]", button.Text)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// browser is a member of staff at a desk.
type browser struct {
	o      *office
	client *http.Client
}

func (o *office) signIn(login string) *browser {
	o.t.Helper()
	jar, err := cookiejar.New(nil)
	o.must(err)
	b := &browser{o, &http.Client{Jar: jar, Timeout: patience}}
	if page := b.post("/sign-in", url.Values{"login": {login}, "password": {o.password}}); !strings.Contains(page, "/sign-out") {
		o.t.Fatalf("%s didn't get in:\n%s", login, page)
	}
	return b
}

func (b *browser) get(path string) string {
	b.o.t.Helper()
	res, err := b.client.Get(b.o.site + path)
	return b.read(res, err)
}

func (b *browser) post(path string, form url.Values) string {
	b.o.t.Helper()
	req, err := http.NewRequest(http.MethodPost, b.o.site+path, strings.NewReader(form.Encode()))
	b.o.must(err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := b.client.Do(req)
	return b.read(res, err)
}

func (b *browser) read(res *http.Response, err error) string {
	b.o.t.Helper()
	b.o.must(err)
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	b.o.must(err)
	if res.StatusCode != http.StatusOK {
		b.o.t.Fatalf("%s %s: %s\n%s\n%s", res.Request.Method, res.Request.URL.Path, res.Status, page, b.o.log)
	}
	return string(page)
}

// act does something to a case, as its page's form would.
func (b *browser) act(code tiepdan.CaseCode, do tiepdan.Action, form url.Values) {
	b.o.t.Helper()
	if form == nil {
		form = url.Values{}
	}
	form.Set("do", string(do))
	form.Set("ref", rand.Text())
	b.post("/cases/"+string(code)+"/act", form)
}

var codeForm = regexp.MustCompile(`TD\d\d-[0-9A-Z]{4}-[0-9A-Z]{4}`)

func (o *office) codeIn(m simulator.Message) tiepdan.CaseCode {
	o.t.Helper()
	code, err := tiepdan.ParseCaseCode(codeForm.FindString(m.Text))
	if err != nil {
		o.t.Fatalf("no case's code in %q", m.Text)
	}
	return code
}

func peerOf(u *simulator.User) tiepdan.Peer {
	return tiepdan.Peer{Channel: telegram.Channel, ID: fmt.Sprint(u.ID())}
}
