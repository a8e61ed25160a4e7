package store

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"

	"tiepdan"
)

// KeySize is the identity key's length in bytes.
const KeySize = 32

// Vault makes what the database knows people by: keyed digests of their accounts
// and sealed copies of what it must be able to give back. Its key lives outside
// the database, so that a dump names nobody. Each purpose has a subkey of its
// own: two digests of one person for two purposes can't be matched.
type Vault struct {
	account, denouncer, lane, talk, pace, message, draft, pin, audit []byte

	fingerprint string
	aead        cipher.AEAD
	track       cipher.Block
}

// NewVault returns the vault of that identity key.
func NewVault(key []byte) (*Vault, error) {
	if len(key) != KeySize {
		return nil, fmt.Errorf("store: the identity key has %d bytes, not %d", len(key), KeySize)
	}
	sub := func(purpose string) []byte { return digest(key, "tiepdan 1 "+purpose) }
	v := &Vault{account: sub("account"), denouncer: sub("denouncer"), lane: sub("lane"), talk: sub("talk"),
		pace: sub("pace"), message: sub("message"), draft: sub("draft"), pin: sub("pin"), audit: sub("audit"),
		fingerprint: hex.EncodeToString(sub("fingerprint")[:16])}
	block, err := aes.NewCipher(sub("seal"))
	if err != nil {
		return nil, err
	}
	if v.aead, err = cipher.NewGCM(block); err != nil {
		return nil, err
	}
	v.track, err = aes.NewCipher(sub("track"))
	return v, err
}

// Fingerprint tells one key from another and says nothing about it.
func (v *Vault) Fingerprint() string { return v.fingerprint }

// Account is the key of p's row in accounts and the owner of their ordinary cases.
func (v *Vault) Account(p tiepdan.Peer) []byte { return digest(v.account, p.Channel, p.ID) }

// Denouncer is the owner of p's sealed cases and the lane of their messages. It
// can't be matched with [Vault.Account] without the key.
func (v *Vault) Denouncer(p tiepdan.Peer) []byte { return digest(v.denouncer, p.Channel, p.ID) }

// Lane is where p's letters and ordinary messages keep their order.
func (v *Vault) Lane(p tiepdan.Peer) []byte { return digest(v.lane, p.Channel, p.ID) }

// Message is the key of one message of p's chat. It holds the message as well as
// the chat, so that two messages of one chat share nothing.
func (v *Vault) Message(p tiepdan.Peer, ref string) []byte {
	return digest(v.message, p.Channel, p.ID, ref)
}

// Draft is what a case keeps of the draft that it was filed from. The draft's own
// id stands beside its account elsewhere: in the offer to go on with it, in the
// secure page's links. Without the key it doesn't lead from there to the case.
func (v *Vault) Draft(id string) string { return hex.EncodeToString(digest(v.draft, id)) }

func (v *Vault) talkKey(p tiepdan.Peer) string {
	return hex.EncodeToString(digest(v.talk, p.Channel, p.ID)[:16])
}

func (v *Vault) paceKey(p tiepdan.Peer) string {
	return hex.EncodeToString(digest(v.pace, p.Channel, p.ID)[:16])
}

// PIN is the six digits on the receipt of the case with that code. It is worked
// out anew each time and kept nowhere.
func (v *Vault) PIN(code tiepdan.CaseCode) string {
	n := binary.BigEndian.Uint64(digest(v.pin, string(code))) // 2^64 is so much more than 10^6 that none is likelier
	return fmt.Sprintf("%06d", n%1_000_000)
}

// TrackToken is what a link to the case carries: one cipher block of its id, so
// that it needs no row, can't be guessed and doesn't say which case it is.
func (v *Vault) TrackToken(caseID int64) string {
	var b [aes.BlockSize]byte
	binary.BigEndian.PutUint64(b[8:], uint64(caseID))
	v.track.Encrypt(b[:], b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// TrackedCase is the case that a [Vault.TrackToken] is of.
func (v *Vault) TrackedCase(token string) (caseID int64, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(b) != aes.BlockSize {
		return 0, false
	}
	v.track.Decrypt(b, b)
	id := int64(binary.BigEndian.Uint64(b[8:]))
	return id, id > 0 && binary.BigEndian.Uint64(b) == 0
}

// Seal encrypts plain for one row: table and row are bound to it, so that a
// sealed value that was moved elsewhere doesn't open.
func (v *Vault) Seal(table string, row, plain []byte) []byte {
	n := v.aead.NonceSize()
	out := make([]byte, n, n+len(plain)+v.aead.Overhead())
	rand.Read(out) // never fails
	return v.aead.Seal(out, out, plain, place(table, row))
}

// Open returns what [Vault.Seal] took for the same row.
func (v *Vault) Open(table string, row, sealed []byte) ([]byte, error) {
	n := v.aead.NonceSize()
	if len(sealed) < n {
		return nil, errSealed
	}
	plain, err := v.aead.Open(nil, sealed[:n], sealed[n:], place(table, row))
	if err != nil {
		return nil, errSealed
	}
	return plain, nil
}

var errSealed = errors.New("store: a sealed value doesn't open: another identity key, or it was tampered with")

// SealPeer seals p for a lane: [Vault.Lane] of ordinary rows, [Vault.Denouncer]
// of sealed cases. Every row of that lane may hold a copy of it.
func (v *Vault) SealPeer(lane []byte, p tiepdan.Peer) []byte {
	return v.Seal("peer", lane, []byte(p.Channel+"\x00"+p.ID))
}

// OpenPeer returns whom a lane's rows are for.
func (v *Vault) OpenPeer(lane, sealed []byte) (tiepdan.Peer, error) {
	b, err := v.Open("peer", lane, sealed)
	if err != nil {
		return tiepdan.Peer{}, err
	}
	channel, id, _ := bytes.Cut(b, []byte{0})
	return tiepdan.Peer{Channel: string(channel), ID: string(id)}, nil
}

func place(table string, row []byte) []byte {
	return append(append([]byte(table), 0), row...)
}

// digest is HMAC-SHA256 over parts, each with its length before it: no two lists
// of parts are written alike.
func digest(key []byte, parts ...string) []byte {
	h := hmac.New(sha256.New, key)
	var n [4]byte
	for _, p := range parts {
		binary.BigEndian.PutUint32(n[:], uint32(len(p)))
		h.Write(n[:])
		h.Write([]byte(p))
	}
	return h.Sum(nil)
}

// hashed is how a token with enough randomness of its own is kept.
func hashed(token string) []byte {
	h := sha256.Sum256([]byte(token))
	return h[:]
}

// newToken is 32 random bytes, fit for a link.
func newToken() string {
	var b [32]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}
