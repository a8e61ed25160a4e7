package files

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"time"
)

// Verdict is what a scan came to. Whatever isn't Clean is not handed out.
type Verdict string

// The verdicts.
const (
	Pending  Verdict = "pending" // not scanned yet, or the scanner couldn't tell
	Clean    Verdict = "clean"
	Infected Verdict = "infected"
)

// longest is how long a scan may take when its context sets no earlier end.
const longest = 2 * time.Minute

// Scanner asks clamd, over its INSTREAM command, what it thinks of a file.
type Scanner struct{ network, addr string }

// NewScanner takes tcp://host:3310 or unix:///run/clamav/clamd.ctl.
func NewScanner(address string) (*Scanner, error) {
	u, err := url.Parse(address)
	switch {
	case err == nil && u.Scheme == "tcp" && u.Host != "":
		return &Scanner{"tcp", u.Host}, nil
	case err == nil && u.Scheme == "unix" && u.Path != "":
		return &Scanner{"unix", u.Path}, nil
	}
	return nil, errors.New("files: the scanner's address is tcp://host:port or unix:///path")
}

// Scan streams r to the scanner. It fails closed: with any error the verdict is
// Pending, never Clean. The name is that of what was found.
func (s *Scanner) Scan(ctx context.Context, r io.Reader) (v Verdict, name string, err error) {
	c, err := s.dial(ctx)
	if err != nil {
		return Pending, "", err
	}
	defer c.Close()
	defer context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Unix(1, 0)) })()
	var unread *readError
	// When only writing failed, clamd may have hung up with an answer that says why.
	if err := stream(c, r); errors.As(err, &unread) {
		return Pending, "", fmt.Errorf("files: scan: %w", err)
	}
	answer, err := bufio.NewReader(io.LimitReader(c, 4096)).ReadBytes(0)
	if err != nil {
		return Pending, "", fmt.Errorf("files: scan: %w", err)
	}
	return verdict(string(bytes.TrimRight(answer, "\x00")))
}

// Ping tells whether the scanner is there.
func (s *Scanner) Ping(ctx context.Context) error {
	c, err := s.dial(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	defer context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Unix(1, 0)) })()
	if _, err := c.Write([]byte("zPING\x00")); err != nil {
		return fmt.Errorf("files: scanner: %w", err)
	}
	if answer, err := bufio.NewReader(io.LimitReader(c, 64)).ReadString(0); answer != "PONG\x00" {
		return fmt.Errorf("files: scanner: no pong: %w", err)
	}
	return nil
}

func (s *Scanner) dial(ctx context.Context) (net.Conn, error) {
	c, err := (&net.Dialer{Timeout: 3 * time.Second}).DialContext(ctx, s.network, s.addr)
	if err != nil {
		return nil, fmt.Errorf("files: scanner: %w", err)
	}
	return c, c.SetDeadline(time.Now().Add(longest))
}

// readError is a fault of the file, not of the connection.
type readError struct{ error }

func (e *readError) Unwrap() error { return e.error }

// stream sends r in chunks with their lengths, ended by one of no length.
func stream(c net.Conn, r io.Reader) error {
	w := bufio.NewWriterSize(c, 64<<10)
	if _, err := w.WriteString("zINSTREAM\x00"); err != nil {
		return err
	}
	buf := make([]byte, 32<<10)
	for {
		n, err := r.Read(buf)
		if n > 0 {
			size := binary.BigEndian.AppendUint32(nil, uint32(n))
			if _, err := w.Write(append(size, buf[:n]...)); err != nil {
				return err
			}
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return &readError{err}
		}
	}
	if _, err := w.Write(make([]byte, 4)); err != nil {
		return err
	}
	return w.Flush()
}

func verdict(answer string) (Verdict, string, error) {
	found, ok := strings.CutPrefix(answer, "stream: ")
	if name, bad := strings.CutSuffix(found, " FOUND"); ok && bad {
		return Infected, name, nil
	}
	if ok && found == "OK" {
		return Clean, "", nil
	}
	return Pending, "", fmt.Errorf("files: scan: the scanner says %q", answer)
}
