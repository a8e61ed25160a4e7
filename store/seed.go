package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"tiepdan"
)

// SampleSeed is a lot of sample cases that is to be filled in, or is half way.
type SampleSeed struct {
	Seed  int64
	Cases int
	On    tiepdan.Date // the day before which all of them happened
	First int64        // the first case's id; [Store.BeginSeed] says it
	Done  int          // how many there are already
	Apart bool         // drop the indexes first and make them afterwards: faster for many

	before map[int]int64 // how many numbers the book of a year had
	done   []int32       // the chunks that are there
	chunk  int
}

// SampleCases makes case i, from 0, and says its place among those of its year,
// from 1. It is called from several goroutines.
type SampleCases interface {
	Case(i int) (tiepdan.Case, error)
	Number(i int) (number int64, year int)
}

const (
	chunkOfSeed = 1000
	lockSeed    = 0x7469_7365
)

var errNoSample = errors.New("this database's office isn't a sample: sample cases are for databases that hold nothing else")

// BeginSeed reserves what the seed needs, or finds what was done of it before. It
// refuses an office that isn't a sample, and a seed that was begun otherwise.
func (s *Store) BeginSeed(ctx context.Context, want SampleSeed) (SampleSeed, error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return want, err
	}
	if !rules.Office.Sample {
		return want, errNoSample
	}
	// What waits for its number or its prints must not stand behind the samples.
	if _, err := s.NumberCases(ctx); err != nil {
		return want, err
	}
	if _, err := s.PrintCases(ctx); err != nil {
		return want, err
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock($1)`, lockSeed); err != nil {
			return err
		}
		had, err := readSeed(ctx, tx, want.Seed)
		switch {
		case err == nil && (had.Cases != want.Cases || had.On != want.On && !want.On.IsZero()):
			return fmt.Errorf("seed %d was begun with %d cases until %s: go on with these, or take another seed", had.Seed, had.Cases, had.On)
		case err == nil:
			had.Apart = want.Apart
			want = had
			return nil
		case !errors.Is(err, pgx.ErrNoRows):
			return err
		}
		if want.On.IsZero() {
			want.On = tiepdan.DateOf(s.now())
		}
		want, err = s.reserve(ctx, tx, want)
		return err
	})
	return want, broken(err, "begin seed")
}

func readSeed(ctx context.Context, tx pgx.Tx, seed int64) (had SampleSeed, err error) {
	had.Seed = seed
	err = tx.QueryRow(ctx, `SELECT cases, on_day, first, before, chunk, done FROM sample_seeds WHERE seed = $1`, seed).
		Scan(&had.Cases, &had.On, &had.First, &had.before, &had.chunk, &had.done)
	for _, n := range had.done {
		had.Done += min(had.chunk, had.Cases-int(n)*had.chunk)
	}
	return had, err
}

// reserve takes the ids, and the book's numbers after those that it has.
func (s *Store) reserve(ctx context.Context, tx pgx.Tx, want SampleSeed) (SampleSeed, error) {
	want.chunk, want.before = chunkOfSeed, map[int]int64{}
	err := tx.QueryRow(ctx, `SELECT nextval(pg_get_serial_sequence('cases', 'id'))`).Scan(&want.First)
	if err != nil {
		return want, err
	}
	rows, err := tx.Query(ctx, `SELECT year, max(number) FROM book GROUP BY year`)
	if err != nil {
		return want, err
	}
	var year int
	var number int64
	if _, err := pgx.ForEachRow(rows, []any{&year, &number}, func() error { want.before[year] = number; return nil }); err != nil {
		return want, err
	}
	b := &pgx.Batch{}
	b.Queue(`SELECT setval(pg_get_serial_sequence('cases', 'id'), $1)`, want.First+int64(want.Cases)-1)
	b.Queue(`INSERT INTO sample_seeds (seed, cases, on_day, first, before, chunk) VALUES ($1, $2, $3, $4, $5, $6)`,
		want.Seed, want.Cases, want.On, want.First, want.before, want.chunk)
	b.Queue(addAudit, auditRow(s.now(), tiepdan.Actor{Role: tiepdan.System}, "seed_cases", onOffice, 1,
		facts{"seed": want.Seed, "cases": want.Cases})...)
	return want, tx.SendBatch(ctx, b).Close()
}

// FillSeed fills in what is missing of the seed, several chunks at a time, each in
// a transaction of its own; progress is told how many cases there are. Killed, it
// goes on where it was when it is begun again.
func (s *Store) FillSeed(ctx context.Context, seed SampleSeed, from SampleCases, progress func(done int)) error {
	lock, err := s.lockSeeds(ctx)
	if err != nil {
		return broken(err, "fill seed")
	}
	defer lock()
	if seed.Apart && seed.Done < seed.Cases {
		if err := s.dropIndexes(ctx, seed.Seed); err != nil {
			return broken(err, "fill seed")
		}
	}
	if err := s.fillChunks(ctx, seed, from, progress); err != nil {
		return broken(err, "fill seed")
	}
	if err := makeIndexes(ctx, s.db); err != nil {
		return broken(err, "fill seed")
	}
	if _, err := s.db.Exec(ctx, linkParts, seed.First, seed.First+int64(seed.Cases)); err != nil {
		return broken(err, "fill seed")
	}
	if _, err := s.db.Exec(ctx, `UPDATE sample_seeds SET ended = coalesce(ended, $2) WHERE seed = $1`, seed.Seed, s.now()); err != nil {
		return broken(err, "fill seed")
	}
	for _, table := range []string{"cases", "entries", "book", "case_helps"} {
		if _, err := s.db.Exec(ctx, `VACUUM (ANALYZE) `+table); err != nil {
			return broken(err, "fill seed")
		}
	}
	return nil
}

// linkParts ties what was divided to the cases made of it.
const linkParts = `INSERT INTO case_links (case_id, other, kind, entry)
	SELECT p::bigint, e.case_id, 'part_of', 1 FROM entries e, jsonb_array_elements_text(e.details -> 'parts') p
	WHERE e.case_id >= $1 AND e.case_id < $2 AND e.action = 'divide' ON CONFLICT DO NOTHING`

// lockSeeds keeps a second seed, the book's numbering and the completing of the
// indexes out until it is let go.
func (s *Store) lockSeeds(ctx context.Context) (unlock func(), err error) {
	conn, err := s.db.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	unlock = func() {
		conn.Exec(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock_all()`)
		conn.Release()
	}
	var free bool
	if err = conn.QueryRow(ctx, `SELECT pg_try_advisory_lock($1)`, lockSeed).Scan(&free); err == nil && !free {
		err = errors.New("another seed is being filled in")
	}
	if err == nil {
		_, err = conn.Exec(ctx, `SELECT pg_advisory_lock(hashtextextended('tiepdan book', 0))`)
	}
	if err != nil {
		unlock()
		return nil, err
	}
	return unlock, nil
}

// seedWriters is how many chunks are made and written at once.
const seedWriters = 3

func (s *Store) fillChunks(ctx context.Context, seed SampleSeed, from SampleCases, progress func(int)) error {
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	var done atomic.Int64
	done.Store(int64(seed.Done))
	g, running := errgroup.WithContext(ctx)
	g.SetLimit(seedWriters)
	for n := 0; n*seed.chunk < seed.Cases && running.Err() == nil; n++ {
		if slices.Contains(seed.done, int32(n)) {
			continue
		}
		g.Go(func() error {
			made, err := s.fillChunk(running, seed, n, from, rules)
			if err == nil {
				progress(int(done.Add(int64(made))))
			}
			return err
		})
	}
	err = g.Wait()
	return cmp.Or(ctx.Err(), err) // what the end of it cut off in between says less
}

// fillChunk makes one chunk and writes it.
func (s *Store) fillChunk(ctx context.Context, seed SampleSeed, n int, from SampleCases, rules *tiepdan.Rules) (made int, err error) {
	rows := seedRows{turns: map[int64]tiepdan.Entry{}}
	for i := n * seed.chunk; i < min((n+1)*seed.chunk, seed.Cases); i++ {
		c, err := from.Case(i)
		if err != nil {
			return 0, err
		}
		days := seedDays{dueOn(c, rules), remainsOn(c, rules)}
		number, year := from.Number(i)
		if err := rows.add(c, days, number+seed.before[year], year); err != nil {
			return 0, err
		}
		rows.addClocks(c, rules, tiepdan.DateOf(s.now()))
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := quickly(ctx, tx); err != nil {
			return err
		}
		if err := rows.copy(ctx, tx); err != nil {
			return err
		}
		b := &pgx.Batch{}
		for _, officer := range slices.Sorted(maps.Keys(rows.turns)) { // in one order, lest two wait for each other
			queueTurn(b, rows.turns[officer])
		}
		b.Queue(`UPDATE sample_seeds SET done = array_append(done, $2) WHERE seed = $1`, seed.Seed, n)
		return tx.SendBatch(ctx, b).Close()
	})
	return len(rows.cases), err
}

// quickly lets a transaction end before it is on disk, since what is lost is made
// again, and, where Postgres allows it, leaves out the checks of what the rules
// have made.
func quickly(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, `SELECT set_config('synchronous_commit', 'off', true),
		CASE WHEN (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN set_config('session_replication_role', 'replica', true) END`)
	return err
}

// dropIndexes notes which indexes there are and drops those that make no promise.
func (s *Store) dropIndexes(ctx context.Context, seed int64) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT i.indexname, i.indexdef FROM pg_indexes i JOIN pg_class c ON c.relname = i.indexname JOIN pg_index x ON x.indexrelid = c.oid
			WHERE i.schemaname = current_schema() AND i.tablename IN ('cases', 'entries') AND NOT x.indisunique ORDER BY 1`)
		if err != nil {
			return err
		}
		var name, def string
		var names, defs []string
		if _, err := pgx.ForEachRow(rows, []any{&name, &def}, func() error {
			names, defs = append(names, name), append(defs, def)
			return nil
		}); err != nil || len(defs) == 0 {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE sample_seeds SET indexes = indexes || $2 WHERE seed = $1`, seed, defs); err != nil {
			return err
		}
		for _, name := range names {
			if _, err := tx.Exec(ctx, `DROP INDEX `+pgx.Identifier{name}.Sanitize()); err != nil {
				return err
			}
		}
		return nil
	})
}

// completeIndexes makes what a seed that was killed left undone, unless one is at
// work just now. It is cheap where there is nothing to do.
func completeIndexes(ctx context.Context, db *pgxpool.Pool) error {
	conn, err := db.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	var todo, free bool
	if err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM sample_seeds WHERE indexes <> '{}')`).Scan(&todo); err != nil || !todo {
		return err
	}
	if err := conn.QueryRow(ctx, `SELECT pg_try_advisory_lock($1)`, lockSeed).Scan(&free); err != nil || !free {
		return err
	}
	defer conn.Exec(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, lockSeed)
	return makeIndexes(ctx, db)
}

// makeIndexes makes the indexes that were dropped, each in a transaction that
// strikes it off the list.
func makeIndexes(ctx context.Context, db *pgxpool.Pool) error {
	for {
		var seed int64
		var def string
		err := db.QueryRow(ctx, `SELECT seed, indexes[1] FROM sample_seeds WHERE indexes <> '{}' LIMIT 1`).Scan(&seed, &def)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := pgx.BeginFunc(ctx, db, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, `SET LOCAL maintenance_work_mem = '768MB'`); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, def); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, `UPDATE sample_seeds SET indexes = indexes[2:] WHERE seed = $1`, seed)
			return err
		}); err != nil {
			return err
		}
	}
}
