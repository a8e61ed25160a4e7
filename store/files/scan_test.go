package files

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

// clamd answers each file with what answer says; an empty answer hangs up.
func clamd(t *testing.T, answer func(content string) string) *Scanner {
	t.Helper()
	sock := filepath.Join(t.TempDir(), "clamd.ctl")
	l, err := net.Listen("unix", sock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				if text, ok := received(bufio.NewReader(c)); ok {
					_, _ = io.WriteString(c, answer(text))
				}
			}()
		}
	}()
	s, err := NewScanner("unix://" + sock)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func received(r *bufio.Reader) (string, bool) {
	if cmd, err := r.ReadString(0); err != nil || cmd == "zPING\x00" {
		return "ping", err == nil
	}
	var b strings.Builder
	for {
		var n uint32
		if err := binary.Read(r, binary.BigEndian, &n); err != nil {
			return "", false
		}
		if n == 0 {
			return b.String(), true
		}
		if _, err := io.CopyN(&b, r, int64(n)); err != nil {
			return "", false
		}
	}
}

func TestScan(t *testing.T) {
	t.Parallel()
	big := strings.Repeat("x", 200000)
	for _, c := range []struct {
		answer, name string
		want         Verdict
		fails        bool
	}{
		{"stream: OK\x00", "", Clean, false},
		{"stream: Eicar-Test-Signature FOUND\x00", "Eicar-Test-Signature", Infected, false},
		{"INSTREAM size limit exceeded. ERROR\x00", "", Pending, true},
		{"stream: OK", "", Pending, true}, // cut off
		{"OK\x00", "", Pending, true},
		{"stream: OK FOUND or so\x00", "", Pending, true},
		{"", "", Pending, true},
	} {
		s := clamd(t, func(content string) string {
			if content != big {
				return "stream: something else FOUND\x00"
			}
			return c.answer
		})
		v, name, err := s.Scan(t.Context(), strings.NewReader(big))
		if v != c.want || name != c.name || (err != nil) != c.fails {
			t.Errorf("%q: %s, %q, %v", c.answer, v, name, err)
		}
	}
}

func TestScanFailsClosed(t *testing.T) {
	t.Parallel()
	s := clamd(t, func(string) string { return "stream: OK\x00" })
	if v, _, err := s.Scan(t.Context(), iotest.ErrReader(net.ErrClosed)); v != Pending || err == nil {
		t.Errorf("a file that can't be read: %s, %v", v, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if v, _, err := s.Scan(ctx, strings.NewReader("x")); v != Pending || err == nil {
		t.Errorf("cancelled: %s, %v", v, err)
	}
	gone, err := NewScanner("unix://" + filepath.Join(t.TempDir(), "nobody"))
	if err != nil {
		t.Fatal(err)
	}
	if v, _, err := gone.Scan(t.Context(), strings.NewReader("x")); v != Pending || err == nil {
		t.Errorf("down: %s, %v", v, err)
	}
	if gone.Ping(t.Context()) == nil {
		t.Error("nobody answers the ping")
	}
}

func TestScanEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	silent := make(chan struct{})
	defer close(silent)
	s := clamd(t, func(string) string {
		cancel(errors.New("enough"))
		<-silent
		return ""
	})
	if v, _, err := s.Scan(ctx, strings.NewReader("x")); v != Pending || err == nil {
		t.Errorf("%s, %v", v, err)
	}
}

func TestPing(t *testing.T) {
	t.Parallel()
	if err := clamd(t, func(string) string { return "PONG\x00" }).Ping(t.Context()); err != nil {
		t.Error(err)
	}
	if err := clamd(t, func(string) string { return "WHAT\x00" }).Ping(t.Context()); err == nil {
		t.Error("any answer is a pong")
	}
}

func TestNewScanner(t *testing.T) {
	t.Parallel()
	for address, ok := range map[string]bool{
		"tcp://127.0.0.1:3310": true, "unix:///run/clamd.ctl": true, "": false, "127.0.0.1:3310": false, "http://x": false, "unix://": false,
	} {
		if _, err := NewScanner(address); (err == nil) != ok {
			t.Errorf("%q: %v", address, err)
		}
	}
}
