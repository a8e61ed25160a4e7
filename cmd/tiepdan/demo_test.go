package main

import (
	"bufio"
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
	"syscall"
	"testing"
	"time"
)

// demoRun is the demo as a new user starts it, on a folder and addresses of its own.
type demoRun struct {
	t         *testing.T
	cmd       *exec.Cmd
	log       *logbook
	site      string
	phones    string
	passwords map[string]string
	head      *http.Client // signed in as the head of the board
}

// demoDir is a folder that the Postgres of a root's test may pass through, too.
func demoDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "tiepdan-demo-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "data")
}

var signInForm = regexp.MustCompile(`^\s{4}(\S+)\s+(\S{10})\s`)

func startDemo(t *testing.T, dir string, args ...string) *demoRun {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	d := &demoRun{t: t, log: &logbook{}, passwords: map[string]string{}}
	site, err := freeAddress()
	if err != nil {
		t.Fatal(err)
	}
	phones, err := freeAddress()
	if err != nil {
		t.Fatal(err)
	}
	d.site, d.phones = "http://"+site, "http://"+phones
	d.cmd = exec.Command(path, append([]string{"demo", "--data", dir}, args...)...)
	d.cmd.Env = append(os.Environ(), "HTTP_ADDR="+site, "SIMULATOR_ADDR="+phones)
	d.cmd.Stderr = d.log
	out, err := d.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	cmd := d.cmd
	t.Cleanup(func() { _ = cmd.Process.Signal(syscall.SIGTERM); _ = cmd.Wait() })
	d.read(out)
	return d
}

// read takes the sign-ins from what the demo prints; its last line ends that.
func (d *demoRun) read(out io.Reader) {
	d.t.Helper()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if m := signInForm.FindStringSubmatch(lines.Text()); m != nil {
			d.passwords[m[1]] = m[2]
		}
		if strings.Contains(lines.Text(), "Ctrl-C") {
			return
		}
	}
	d.t.Fatalf("the demo ended before it was ready:\n%s", d.log)
}

// end stops the demo as the signal does, and returns what became of it.
func (d *demoRun) end(signal os.Signal) error {
	d.t.Helper()
	if err := d.cmd.Process.Signal(signal); err != nil {
		d.t.Fatal(err)
	}
	return d.cmd.Wait()
}

// signIn gets the head of the board in.
func (d *demoRun) signIn() {
	d.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		d.t.Fatal(err)
	}
	d.head = &http.Client{Jar: jar, Timeout: patience}
	res, err := d.head.PostForm(d.site+"/sign-in", url.Values{"login": {"truongban"}, "password": {d.passwords["truongban"]}})
	if err != nil {
		d.t.Fatal(err)
	}
	res.Body.Close()
}

// cases counts the cases that the list shows to the head of the board.
func (d *demoRun) cases() int {
	d.t.Helper()
	if d.head == nil {
		d.signIn()
	}
	res, err := d.head.Get(d.site + "/cases?view=all")
	if err != nil {
		d.t.Fatal(err)
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	codes := map[string]bool{}
	for _, code := range codeForm.FindAllString(string(page), -1) {
		codes[code] = true
	}
	return len(codes)
}

// awaitCases waits until the demo's sample cases are all there.
func (d *demoRun) awaitCases(n int) {
	d.t.Helper()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for until := time.Now().Add(patience); ; <-tick.C {
		have := d.cases()
		if have >= n && d.hasQuarter() {
			return
		}
		if time.Now().After(until) {
			d.t.Fatalf("%d cases, want %d\n%s", have, n, d.log)
		}
	}
}

// hasQuarter reports whether the sample quarter is whole: the bookings, which fill a
// session and its waiting list, are the last of it.
func (d *demoRun) hasQuarter() bool {
	res, err := http.Get(d.site + "/schedule")
	if err != nil {
		return false
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	return strings.Contains(string(body), "hết chỗ")
}

func TestDemoKeepsWhatItHas(t *testing.T) {
	t.Parallel()
	sample, err := readSample()
	if err != nil {
		t.Fatal(err)
	}
	dir := demoDir(t)
	d := startDemo(t, dir)
	first := d.passwords
	if len(first) != len(sample.people) {
		t.Fatalf("%d sign-ins are printed, want %d", len(first), len(sample.people))
	}
	d.awaitCases(len(sample.cases))
	had := d.cases()
	for _, step := range []struct {
		fact   string
		signal os.Signal
		clean  bool
	}{{"SIGTERM", syscall.SIGTERM, true}, {"Ctrl-C", os.Interrupt, true}, {"kill -9", os.Kill, false}} {
		if err := d.end(step.signal); (err == nil) != step.clean {
			t.Fatalf("after %s: %v\n%s", step.fact, err, d.log)
		}
		d = startDemo(t, dir)
		if fmt.Sprint(d.passwords) != fmt.Sprint(first) {
			t.Errorf("after %s the sign-ins are others", step.fact)
		}
		d.awaitCases(len(sample.cases))
		if n := d.cases(); n != had {
			t.Errorf("after %s there are %d cases, not %d", step.fact, n, had)
		}
	}
	if err := d.end(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	d = startDemo(t, dir, "--fresh")
	if fmt.Sprint(d.passwords) == fmt.Sprint(first) {
		t.Error("a fresh demo kept the old sign-ins")
	}
	d.awaitCases(len(sample.cases))
}

func TestTwoDemosDontShareAFolder(t *testing.T) {
	t.Parallel()
	dir := demoDir(t)
	startDemo(t, dir)
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(path, "demo", "--data", dir).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "another demo runs") {
		t.Errorf("%v: %s", err, out)
	}
}
