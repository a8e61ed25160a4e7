package files

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// stores are one of each kind, with a way to damage a file behind its back.
func stores(t *testing.T) map[string]struct {
	Store
	damage func(t *testing.T, sha string, b []byte)
} {
	t.Helper()
	d, err := NewDir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := fakeS3(t)
	type entry = struct {
		Store
		damage func(t *testing.T, sha string, b []byte)
	}
	return map[string]entry{
		"folder": {d, func(t *testing.T, sha string, b []byte) {
			if err := os.WriteFile(d.path(sha), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}},
		"bucket": {s, func(t *testing.T, sha string, b []byte) {
			_, err := s.client.PutObject(t.Context(), s.bucket, s.key(sha), bytes.NewReader(b), int64(len(b)), minio.PutObjectOptions{})
			if err != nil {
				t.Fatal(err)
			}
		}},
	}
}

func fakeS3(t *testing.T) *S3 {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket("tep"); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(gofakes3.New(backend).Server())
	t.Cleanup(srv.Close)
	client, err := minio.New(strings.TrimPrefix(srv.URL, "http://"), &minio.Options{
		Creds: credentials.NewStaticV4(rand.Text(), rand.Text(), ""), Region: "us-east-1",
	})
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewS3(t.Context(), client, "tep", "don/")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewS3(t.Context(), client, "khong-co", ""); err == nil {
		t.Error("a bucket that isn't there is opened")
	}
	return s
}

func read(t *testing.T, s Store, sha string) (string, error) {
	t.Helper()
	r, err := s.Open(t.Context(), sha)
	if err != nil {
		return "", err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	return string(b), err
}

func TestStoreKeepsWhatItWasGiven(t *testing.T) {
	t.Parallel()
	for name, s := range stores(t) {
		const sha = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
		for range 2 { // the second changes nothing
			obj, err := s.Put(t.Context(), strings.NewReader("hello"), 5)
			if err != nil || obj != (Object{sha, 5}) {
				t.Fatalf("%s: %v, %v", name, obj, err)
			}
		}
		if got, err := read(t, s, sha); got != "hello" || err != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
		for range 2 {
			if err := s.Delete(t.Context(), sha); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := read(t, s, sha); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: deleted, then %v", name, err)
		}
	}
}

func TestStoreHoldsToItsLimits(t *testing.T) {
	t.Parallel()
	for name, s := range stores(t) {
		if _, err := s.Put(t.Context(), strings.NewReader("123456"), 5); !errors.Is(err, ErrTooBig) {
			t.Errorf("%s: too big: %v", name, err)
		}
		if _, err := s.Put(t.Context(), strings.NewReader(""), 5); !errors.Is(err, ErrEmpty) {
			t.Errorf("%s: empty: %v", name, err)
		}
		broken := io.MultiReader(strings.NewReader("abc"), iotestErr{})
		if _, err := s.Put(t.Context(), broken, 50); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%s: broken off: %v", name, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := s.Put(ctx, strings.NewReader("abc"), 5); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: cancelled: %v", name, err)
		}
	}
}

type iotestErr struct{}

func (iotestErr) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestStoreOpensOnlyHashes(t *testing.T) {
	t.Parallel()
	for name, s := range stores(t) {
		for _, bad := range []string{"", "x", "../../etc/passwd", strings.Repeat("../", 20) + "aaaa", strings.Repeat("A", 64), strings.Repeat("0", 64)} {
			if _, err := s.Open(t.Context(), bad); !errors.Is(err, ErrNotFound) {
				t.Errorf("%s: %q: %v", name, bad, err)
			}
			if err := s.Delete(t.Context(), bad); err != nil {
				t.Errorf("%s: delete %q: %v", name, bad, err)
			}
		}
	}
}

func TestStoreSeesDamageAndMendsIt(t *testing.T) {
	t.Parallel()
	for name, s := range stores(t) {
		good := strings.Repeat("nội dung ", 10000)
		obj, err := s.Put(t.Context(), strings.NewReader(good), 1<<20)
		if err != nil {
			t.Fatal(name, err)
		}
		for what, bad := range map[string]string{"changed": "N" + good[1:], "cut": good[:500], "longer": good + "x"} {
			s.damage(t, obj.SHA256, []byte(bad))
			if _, err := read(t, s, obj.SHA256); !errors.Is(err, ErrCorrupt) {
				t.Errorf("%s: %s: %v", name, what, err)
			}
		}
		if _, err := s.Put(t.Context(), strings.NewReader(good), 1<<20); err != nil {
			t.Error(name, err)
		}
		if got, err := read(t, s, obj.SHA256); got != good || err != nil {
			t.Errorf("%s: not mended: %v", name, err)
		}
	}
}

func TestStoreByManyAtOnce(t *testing.T) {
	t.Parallel()
	for name, s := range stores(t) {
		var wg sync.WaitGroup
		for i := range 40 {
			wg.Go(func() {
				text := fmt.Sprint("tệp ", i%5)
				obj, err := s.Put(t.Context(), strings.NewReader(text), 100)
				if err != nil {
					t.Error(name, err)
					return
				}
				if got, err := read(t, s, obj.SHA256); got != text || err != nil {
					t.Errorf("%s: %q, %v", name, got, err)
				}
			})
		}
		wg.Wait()
	}
}

func TestDirLeavesNothingHalfDone(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	d, err := NewDir(root)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = d.Put(t.Context(), strings.NewReader("123456"), 5)
	_, _ = d.Put(t.Context(), strings.NewReader("1234"), 5)
	fresh, stale := filepath.Join(d.tmp(), "in-new"), filepath.Join(d.tmp(), "in-old")
	for _, f := range []string{fresh, stale} {
		if err := os.WriteFile(f, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	old := time.Now().Add(-2 * leftover)
	if err := os.Chtimes(stale, old, old); err != nil {
		t.Fatal(err)
	}
	if _, err := NewDir(root); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(d.tmp(), "*"))
	if err != nil || len(left) != 1 || left[0] != fresh {
		t.Errorf("left: %v, %v", left, err)
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, address := range []string{filepath.Join(dir, "a", "b"), "file://" + filepath.Join(dir, "c")} {
		s, err := Open(t.Context(), address)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if _, err := s.Put(t.Context(), strings.NewReader("x"), 1); err != nil {
			t.Error(err)
		}
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	secret := rand.Text()
	for _, address := range []string{
		"", file, "ftp://x/y", "file://host/x", "s3://u:" + secret + "@bucket/x", "s3://bucket?endpoint=ftp://x", "s3://bucket?endpoint=https://x/y", "s3://%zz" + secret,
	} {
		if _, err := Open(t.Context(), address); err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestOpenS3TakesItsKeysFromTheEnvironment(t *testing.T) {
	s := fakeS3(t)
	t.Setenv("AWS_ACCESS_KEY_ID", rand.Text())
	t.Setenv("AWS_SECRET_ACCESS_KEY", rand.Text())
	opened, err := Open(t.Context(), "s3://tep/don?region=us-east-1&endpoint="+s.client.EndpointURL().String())
	if err != nil {
		t.Fatal(err)
	}
	obj, err := opened.Put(t.Context(), strings.NewReader("x"), 1)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := read(t, s, obj.SHA256); got != "x" || err != nil {
		t.Errorf("under the prefix: %q, %v", got, err)
	}
}
