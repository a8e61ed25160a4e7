package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Update is what an app delivered, as it came: Raw is kept byte for byte and
// read only when its turn has come.
type Update struct {
	ID   int64
	Peer tiepdan.Peer // whose lane it goes in
	Raw  []byte
}

// Letter is one update in its lane.
type Letter struct {
	ID      int64
	Source  string
	Peer    tiepdan.Peer
	Raw     []byte
	Attempt int // 1 is the first
	At      time.Time
}

// eventSource is where our own events come from; no app's name is it.
const eventSource = "event"

// seenFor is how long an update is known again: Telegram repeats one for a day.
const seenFor = 72 * time.Hour

// mail is what letters and messages need in this process.
type mail struct {
	letters together[posted, bool] // is it new?
	came    bell                   // letters
	due     bell                   // messages
}

type posted struct {
	source string
	Update
}

// AcceptUpdates makes updates durable, each once however often it is delivered,
// and returns how many of them are new. Only when it has returned without an
// error may the app be told that they arrived. Letters of one lane are worked in
// the order of us.
func (s *Store) AcceptUpdates(ctx context.Context, source string, us []Update) (fresh int, err error) {
	if len(us) == 0 {
		return 0, nil
	}
	items := make([]posted, len(us))
	for i, u := range us {
		items[i] = posted{source, u}
	}
	isNew, err := s.mail.letters.add(ctx, items, s.insertLetters)
	if err != nil {
		return 0, fmt.Errorf("store: accept updates: %w", err)
	}
	for _, n := range isNew {
		if n {
			fresh++
		}
	}
	return fresh, nil
}

// PostEvent puts an event of our own into p's lane, behind what came before.
func (s *Store) PostEvent(ctx context.Context, p tiepdan.Peer, raw []byte) error {
	_, err := s.AcceptUpdates(ctx, eventSource, []Update{{ID: randomID(), Peer: p, Raw: raw}})
	return err
}

func randomID() int64 {
	var b [8]byte
	rand.Read(b[:])
	return int64(binary.BigEndian.Uint64(b[:]) >> 1)
}

// insertLetters is one statement, so one round trip and one commit for all.
func (s *Store) insertLetters(ctx context.Context, items []posted) ([]bool, error) {
	n := len(items)
	sources, ids := make([]string, n), make([]int64, n)
	shards, lanes, bodies := make([]int16, n), make([][]byte, n), make([][]byte, n)
	for i, it := range items {
		lane := s.vault.Lane(it.Peer)
		sources[i], ids[i], shards[i], lanes[i] = it.source, it.ID, shardOf(lane), lane
		bodies[i] = s.vault.Seal("inbox", letterRow(it.source, it.ID), letterBody(it.Peer, it.Raw))
	}
	rows, err := s.db.Query(ctx, `
		WITH come AS (
			SELECT * FROM unnest($1::text[], $2::bigint[], $3::smallint[], $4::bytea[], $5::bytea[])
				WITH ORDINALITY AS u(source, update_id, shard, lane, sealed, n)
		), fresh AS (
			INSERT INTO inbox_seen (source, update_id)
			SELECT source, update_id FROM come ORDER BY source, update_id
			ON CONFLICT DO NOTHING RETURNING source, update_id
		), once AS (
			SELECT DISTINCT ON (source, update_id) come.* FROM come JOIN fresh USING (source, update_id)
			ORDER BY source, update_id, n
		), kept AS (
			INSERT INTO inbox (source, update_id, shard, lane, sealed)
			SELECT source, update_id, shard, lane, sealed FROM once ORDER BY n
		)
		SELECT n FROM once`, sources, ids, shards, lanes, bodies)
	if err != nil {
		return nil, err
	}
	places, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, err
	}
	isNew := make([]bool, n)
	for _, p := range places {
		isNew[p-1] = true
	}
	if len(places) > 0 {
		s.mail.came.ring()
	}
	return isNew, nil
}

func letterRow(source string, updateID int64) []byte {
	return binary.BigEndian.AppendUint64([]byte(source+"\x00"), uint64(updateID))
}

func letterBody(p tiepdan.Peer, raw []byte) []byte {
	b := make([]byte, 0, len(p.Channel)+len(p.ID)+len(raw)+2)
	b = append(append(b, p.Channel...), 0)
	b = append(append(b, p.ID...), 0)
	return append(b, raw...)
}

// openLetter reads what [letterBody] wrote.
func (s *Store) openLetter(source string, updateID int64, sealed []byte) (p tiepdan.Peer, raw []byte, err error) {
	b, err := s.vault.Open("inbox", letterRow(source, updateID), sealed)
	if err != nil {
		return p, nil, err
	}
	parts := bytes.SplitN(b, []byte{0}, 3)
	if len(parts) != 3 {
		return p, nil, errSealed
	}
	return tiepdan.Peer{Channel: string(parts[0]), ID: string(parts[1])}, parts[2], nil
}

// shards is how many parts the lanes are divided into; replicas hold whole shards.
const shards = 64

func shardOf(lane []byte) int16 { return int16(lane[0] % shards) }

// InboxDepth is how many letters wait and how old the oldest is.
func (s *Store) InboxDepth(ctx context.Context) (n int, oldest time.Duration, err error) {
	var age float64
	err = s.db.QueryRow(ctx, `SELECT count(*), coalesce(extract(epoch FROM now() - min(received_at)), 0)::float8
		FROM inbox WHERE dead_at IS NULL`).Scan(&n, &age)
	return n, time.Duration(age * float64(time.Second)), err
}

// Offset is how far a polled source was read; 0 before it ever was.
func (s *Store) Offset(ctx context.Context, source string) (int64, error) {
	var value int64
	err := s.db.QueryRow(ctx, `SELECT value FROM offsets WHERE source = $1`, source).Scan(&value)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, nil
	}
	return value, err
}

// SetOffset keeps how far a source was read. A lost one only means that updates
// come again, which we know.
func (s *Store) SetOffset(ctx context.Context, source string, value int64) error {
	_, err := s.db.Exec(ctx, `INSERT INTO offsets (source, value) VALUES ($1, $2)
		ON CONFLICT (source) DO UPDATE SET value = excluded.value, at = now()`, source, value)
	return err
}

// CleanMessages forgets what nobody will ask for again: which updates came,
// one-time links that are over, what was filled in for a draft that died.
func (s *Store) CleanMessages(ctx context.Context) error {
	now := s.now()
	b := &pgx.Batch{}
	b.Queue(`DELETE FROM inbox_seen WHERE seen_at < now() - $1::interval`, seenFor)
	b.Queue(`DELETE FROM secure_links WHERE expires < $1`, now.Add(-24*time.Hour))
	b.Queue(`DELETE FROM secure_data WHERE at < $1`, now.Add(-secureKept))
	if err := s.db.SendBatch(ctx, b).Close(); err != nil {
		return err
	}
	return s.emptyAppointments(ctx)
}
