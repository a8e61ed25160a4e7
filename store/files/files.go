// Package files keeps attachments durably by their content: the name of a file is
// the SHA-256 of its bytes, in a folder or in an S3 bucket. It tells what a file is,
// refuses what the office doesn't take, takes hidden data out of pictures, has
// files scanned, and hands them out safely.
//
// It knows no cases and no rights: who may see a file is decided before Serve.
package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"regexp"
)

// Object is a file that is kept.
type Object struct {
	SHA256 string // in lower-case hexadecimal
	Size   int64
}

// Store keeps files. All methods may be called at the same time, for the same
// content too.
type Store interface {
	// Put keeps what r yields and returns only when it is durable. Keeping the
	// same bytes again changes nothing, and mends a damaged copy. More than max
	// bytes are ErrTooBig, none is ErrEmpty.
	Put(ctx context.Context, r io.Reader, max int64) (Object, error)
	// Open returns a file's content, or ErrNotFound. Reading it to its end yields
	// ErrCorrupt instead of the last bytes when it isn't what was put. The reader
	// is an io.ReadSeeker too; after seeking the content is no longer checked.
	Open(ctx context.Context, sha string) (io.ReadCloser, error)
	// Delete forgets a file; one that isn't there is no error.
	Delete(ctx context.Context, sha string) error
}

// What can be wrong with the store; refusals are in refusal.go.
var (
	ErrNotFound = errors.New("files: no such file")
	ErrCorrupt  = errors.New("files: the content is not what was put")
)

var hexSHA = regexp.MustCompile(`^[0-9a-f]{64}$`)

// checkName keeps anything but a hash out of paths and keys.
func checkName(sha string) error {
	if !hexSHA.MatchString(sha) {
		return ErrNotFound
	}
	return nil
}

// spool copies at most max bytes from r to w and tells what they are.
func spool(ctx context.Context, w io.Writer, r io.Reader, max int64) (Object, error) {
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(w, h), io.LimitReader(withContext{ctx, r}, max+1))
	switch {
	case err != nil:
		return Object{}, fmt.Errorf("files: put: %w", err)
	case n > max:
		return Object{}, &Refusal{Reason: TooBig, Max: max}
	case n == 0:
		return Object{}, &Refusal{Reason: Empty}
	}
	return Object{SHA256: hex.EncodeToString(h.Sum(nil)), Size: n}, nil
}

// withContext ends a copy when its context ends.
type withContext struct {
	ctx context.Context
	r   io.Reader
}

func (c withContext) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// checked compares a file with its name while it is read from beginning to end.
type checked struct {
	io.ReadSeekCloser
	want   string
	size   int64
	h      hash.Hash
	at     int64
	hashed int64
	err    error
}

func newChecked(r io.ReadSeekCloser, sha string, size int64) *checked {
	return &checked{ReadSeekCloser: r, want: sha, size: size, h: sha256.New()}
}

func (c *checked) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.ReadSeekCloser.Read(p)
	if c.at == c.hashed {
		c.h.Write(p[:n])
		c.hashed += int64(n)
	}
	c.at += int64(n)
	done := c.hashed >= c.size || errors.Is(err, io.EOF) && c.hashed == c.at
	if done && c.at == c.hashed && hex.EncodeToString(c.h.Sum(nil)) != c.want {
		c.err = ErrCorrupt
		return 0, c.err
	}
	return n, err
}

func (c *checked) Seek(offset int64, whence int) (int64, error) {
	at, err := c.ReadSeekCloser.Seek(offset, whence)
	if err == nil {
		c.at = at
	}
	return at, err
}
