package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Dir keeps files in a folder of this machine: ab/cd/abcd… under its root.
type Dir struct{ root string }

// leftover is the age at which a temporary file belongs to nobody any more.
const leftover = 24 * time.Hour

// NewDir makes the folder if need be, proves that it can be written, and clears
// away what a killed process left half-written.
func NewDir(root string) (*Dir, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	d := &Dir{root: root}
	if err := os.MkdirAll(d.tmp(), 0o700); err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	f, err := os.CreateTemp(d.tmp(), "try-*")
	if err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	if err := errors.Join(f.Close(), os.Remove(f.Name()), syncDir(filepath.Dir(root)), syncDir(root)); err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	return d, d.sweep(time.Now().Add(-leftover))
}

func (d *Dir) tmp() string { return filepath.Join(d.root, "tmp") }

func (d *Dir) path(sha string) string { return filepath.Join(d.root, sha[:2], sha[2:4], sha) }

// sweep removes temporary files that were last written before t.
func (d *Dir) sweep(t time.Time) error {
	entries, err := os.ReadDir(d.tmp())
	if err != nil {
		return fmt.Errorf("files: %w", err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.ModTime().Before(t) {
			err = os.Remove(filepath.Join(d.tmp(), e.Name()))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("files: %w", err)
			}
		}
	}
	return nil
}

// Put writes a temporary file, syncs it, and links it under its name.
func (d *Dir) Put(ctx context.Context, r io.Reader, max int64) (Object, error) {
	f, err := os.CreateTemp(d.tmp(), "in-*")
	if err != nil {
		return Object{}, fmt.Errorf("files: put: %w", err)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	obj, err := spool(ctx, f, r, max)
	if err != nil {
		return Object{}, err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return Object{}, fmt.Errorf("files: put: %w", err)
	}
	if err := d.place(f.Name(), obj); err != nil {
		return Object{}, fmt.Errorf("files: put: %w", err)
	}
	return obj, nil
}

// place links tmp under the object's name. A copy that is there already stays,
// unless it is damaged: then the good one takes its place.
func (d *Dir) place(tmp string, obj Object) error {
	name := d.path(obj.SHA256)
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	err := os.Link(tmp, name)
	if errors.Is(err, fs.ErrExist) {
		err = nil
		if !d.intact(obj) {
			err = os.Rename(tmp, name)
		}
	}
	// Whoever linked it first may not have come to this yet.
	return errors.Join(err, syncDir(dir), syncDir(filepath.Dir(dir)), syncDir(d.root))
}

// intact reads the copy that is there.
func (d *Dir) intact(obj Object) bool {
	r, err := d.Open(context.Background(), obj.SHA256)
	if err != nil {
		return false
	}
	defer r.Close()
	n, err := io.Copy(io.Discard, r)
	return err == nil && n == obj.Size
}

// Open implements Store.
func (d *Dir) Open(_ context.Context, sha string) (io.ReadCloser, error) {
	if err := checkName(sha); err != nil {
		return nil, err
	}
	f, err := os.Open(d.path(sha)) // #nosec G304 -- checkName lets hashes only through
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("files: open: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("files: open: %w", err)
	}
	return newChecked(f, sha, info.Size()), nil
}

// Delete implements Store.
func (d *Dir) Delete(_ context.Context, sha string) error {
	if checkName(sha) != nil {
		return nil
	}
	name := d.path(sha)
	if err := os.Remove(name); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return fmt.Errorf("files: delete: %w", err)
	}
	return syncDir(filepath.Dir(name))
}

// syncDir makes the names in a folder durable.
func syncDir(dir string) error {
	f, err := os.Open(dir) // #nosec G304 -- a folder of our own
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
