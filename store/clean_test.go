package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
)

func TestDropFile(t *testing.T) {
	t.Parallel()
	now := time.Now()
	s := storetest.Open(t, storetest.WithNow(func() time.Time { return now }))
	f := tiepdan.Attachment{SHA256: "00", Name: "mau.pdf"}
	if err := s.KeepFile(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	removed := 0
	remove := func(context.Context) error { removed++; return nil }
	if dropped, err := s.DropFile(t.Context(), "00", now, remove); dropped || err != nil || removed != 0 {
		t.Errorf("a young file: dropped %v, %v", dropped, err)
	}
	away := func(context.Context) error { return errors.New("the shelf is locked") }
	if dropped, err := s.DropFile(t.Context(), "00", now.Add(time.Second), away); dropped || err == nil {
		t.Errorf("a file that can't be removed: dropped %v, %v", dropped, err)
	}
	if dropped, err := s.DropFile(t.Context(), "00", now.Add(time.Second), remove); !dropped || err != nil || removed != 1 {
		t.Errorf("a stale file: dropped %v, %v", dropped, err)
	}
	if dropped, err := s.DropFile(t.Context(), "00", now.Add(time.Second), remove); dropped || err != nil || removed != 1 {
		t.Errorf("a file that is gone: dropped %v, %v", dropped, err)
	}
}
