package store

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tiepdan"
)

func newVault(t *testing.T) *Vault {
	t.Helper()
	return must[*Vault](t)(NewVault(testKey()))
}

func TestASealedValueOpensInItsOwnRowOnly(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	sealed := v.Seal("secure_data", []byte("draft 1"), []byte("words"))
	if got := must[[]byte](t)(v.Open("secure_data", []byte("draft 1"), sealed)); string(got) != "words" {
		t.Errorf("opened %q", got)
	}
	if bytes.Contains(sealed, []byte("words")) {
		t.Error("the words can be read")
	}
	if bytes.Equal(sealed, v.Seal("secure_data", []byte("draft 1"), []byte("words"))) {
		t.Error("the same words are sealed alike twice")
	}
	spoiled := bytes.Clone(sealed)
	spoiled[len(spoiled)-1] ^= 1
	for _, tt := range []struct {
		what, table, row string
		vault            *Vault
		sealed           []byte
	}{
		{"another row", "secure_data", "draft 2", v, sealed},
		{"another table", "inbox", "draft 1", v, sealed},
		{"another key", "secure_data", "draft 1", newVault(t), sealed},
		{"a changed bit", "secure_data", "draft 1", v, spoiled},
		{"nothing", "secure_data", "draft 1", v, nil},
	} {
		if got, err := tt.vault.Open(tt.table, []byte(tt.row), tt.sealed); err == nil {
			t.Errorf("%s opens as %q", tt.what, got)
		}
	}
}

func TestDigestsOfOnePersonShareNothing(t *testing.T) {
	t.Parallel()
	v, p := newVault(t), person(1)
	all := map[string]string{
		string(v.Account(p)): "account", string(v.Denouncer(p)): "denouncer", string(v.Lane(p)): "lane",
		string(v.Message(p, "7")): "message 7", string(v.Message(p, "8")): "message 8", v.talkKey(p): "talk", v.paceKey(p): "pace",
		string(newVault(t).Account(p)): "another office's",
	}
	if len(all) != 8 {
		t.Errorf("only %d differ: %v", len(all), all)
	}
	if !bytes.Equal(v.Account(p), v.Account(person(1))) {
		t.Error("a digest isn't steady")
	}
	if bytes.Equal(v.Account(tiepdan.Peer{Channel: "a", ID: "bc"}), v.Account(tiepdan.Peer{Channel: "ab", ID: "c"})) {
		t.Error("two people are one")
	}
}

func TestAPINIsSixDigitsAndOfItsCase(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	seen := map[string]bool{}
	for _, code := range []tiepdan.CaseCode{"TD26-AAAA-AAAA", "TD26-AAAA-AAAB", "TD26-AAAA-AAAC"} {
		pin := v.PIN(code)
		if len(pin) != 6 || strings.Trim(pin, "0123456789") != "" || pin != v.PIN(code) {
			t.Errorf("%s has the PIN %q", code, pin)
		}
		seen[pin] = true
	}
	if len(seen) == 1 {
		t.Error("all cases have one PIN")
	}
}

func TestATrackTokenLeadsToItsCaseOnly(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	token := v.TrackToken(4711)
	if id, ok := v.TrackedCase(token); !ok || id != 4711 {
		t.Errorf("got %d, %v", id, ok)
	}
	for _, bad := range []string{"", "x", token + "A", strings.ToUpper(token) + "", newVault(t).TrackToken(4711), v.TrackToken(0), "AAAAAAAAAAAAAAAAAAAAAA"} {
		if id, ok := v.TrackedCase(bad); ok {
			t.Errorf("%q leads to %d", bad, id)
		}
	}
}

func TestTheKeyFileIsMadeOnceAndForItsOwnerAlone(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "secrets", "identity.key")
	if _, _, err := LoadKey(path, false); err == nil || !strings.Contains(err.Error(), "backup") {
		t.Fatalf("a missing key: %v", err)
	}
	key, created, err := LoadKey(path, true)
	if err != nil || !created || len(key) != KeySize {
		t.Fatalf("got %d bytes, %v, %v", len(key), created, err)
	}
	if mode := must[os.FileInfo](t)(os.Stat(path)).Mode().Perm(); mode != 0o600 {
		t.Errorf("its mode is %o", mode)
	}
	again, created, err := LoadKey(path, true)
	if err != nil || created || !bytes.Equal(again, key) {
		t.Errorf("read again: %v, %v", created, err)
	}
	ok(t, os.Chmod(path, 0o640))
	if _, _, err := LoadKey(path, true); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a key that others read: %v", err)
	}
	short := filepath.Join(t.TempDir(), "short.key")
	ok(t, os.WriteFile(short, []byte("abcd"), 0o600))
	if _, _, err := LoadKey(short, true); err == nil {
		t.Error("a short key is taken")
	}
}
