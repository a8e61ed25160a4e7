package store

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
)

// keep holds this replica's share of the shards for as long as it can.
func (l *Lanes) keep() {
	for l.keeping.Err() == nil {
		conn, err := l.s.dial(l.keeping)
		if err == nil {
			err = l.hold(conn)
			l.lose()
			hangUp(conn)
		}
		if err != nil && l.keeping.Err() == nil {
			l.s.log.Warn("the lanes' connection is sought again", "error", errorClass(err))
		}
		pause(l.keeping, balanceEvery)
	}
}

// hold shares the shards with the other replicas until the connection is gone.
// Each replica shows that it is there by a shared lock, which all can count.
func (l *Lanes) hold(conn *pgx.Conn) error {
	ctx, cancel := context.WithTimeout(l.keeping, lockReply)
	_, err := conn.Exec(ctx, `SELECT pg_advisory_lock_shared($1::int, 0)`, lockPresence)
	cancel()
	for err == nil {
		if err = l.balance(conn); err != nil {
			break
		}
		select {
		case <-l.keeping.Done():
			return nil
		case <-l.drained:
		case <-time.After(balanceEvery):
		}
	}
	return err
}

// balance is also how we learn that the connection, and with it every lock, is gone.
func (l *Lanes) balance(conn *pgx.Conn) error {
	ctx, cancel := context.WithTimeout(l.keeping, lockReply)
	defer cancel()
	var replicas int
	if err := conn.QueryRow(ctx, `SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = $1
		AND objid = 0 AND objsubid = 2 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
		lockPresence).Scan(&replicas); err != nil {
		return err
	}
	l.mu.Lock()
	l.alone = replicas <= 1
	l.mu.Unlock()
	share := (shards + max(replicas, 1) - 1) / max(replicas, 1)
	if err := l.giveUp(ctx, conn, l.surplus(share)); err != nil {
		return err
	}
	return l.take(ctx, conn, share)
}

// surplus marks what is above our share as leaving, and returns what has left.
func (l *Lanes) surplus(share int) (left []int32) {
	l.mu.Lock()
	defer l.mu.Unlock()
	have := 0
	for i := range l.shards {
		sh := &l.shards[i]
		if sh.state == mine {
			if have++; have > share {
				sh.state = leaving
				l.forgetShard(int16(i))
			}
		}
		if sh.state == leaving && sh.busy == 0 {
			left = append(left, int32(i))
		}
	}
	return left
}

// forgetShard drops the lanes of a shard that nobody is busy with.
func (l *Lanes) forgetShard(i int16) {
	for _, ln := range l.lanes {
		if ln.shard == i && !ln.busy {
			l.forget(ln)
		}
	}
}

func (l *Lanes) giveUp(ctx context.Context, conn *pgx.Conn, left []int32) error {
	if len(left) == 0 {
		return nil
	}
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_unlock($1::int, k) FROM unnest($2::int[]) k`, lockShard, left); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, i := range left {
		l.shards[i].state = foreign
	}
	return nil
}

// take locks free shards up to our share.
func (l *Lanes) take(ctx context.Context, conn *pgx.Conn, share int) error {
	want, free := l.wanted(share)
	if want <= 0 || len(free) == 0 {
		return nil
	}
	rows, err := conn.Query(ctx, `SELECT k FROM unnest($2::int[]) k WHERE pg_try_advisory_lock($1::int, k) LIMIT $3`, lockShard, free, want)
	if err != nil {
		return err
	}
	got, err := pgx.CollectRows(rows, pgx.RowTo[int32])
	if err != nil || len(got) == 0 {
		return err
	}
	l.mu.Lock()
	for _, i := range got {
		l.shards[i].state = mine
		l.shards[i].taken++
	}
	l.mu.Unlock()
	ring(l.nudge)
	return nil
}

// wanted lists what isn't ours in an order of our own, so that replicas that
// start together don't all ask for the same shards.
func (l *Lanes) wanted(share int) (want int, free []int32) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stopping {
		return 0, nil
	}
	want = share
	for i, sh := range l.shards {
		switch {
		case sh.state == mine:
			want--
		case sh.state == foreign && sh.busy == 0:
			free = append(free, int32(i))
		}
	}
	rand.Shuffle(len(free), func(i, j int) { free[i], free[j] = free[j], free[i] })
	return want, free
}

// lose is for a connection that is gone: the locks are others' now.
func (l *Lanes) lose() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := range l.shards {
		l.shards[i].state = foreign
		l.forgetShard(int16(i))
	}
}

// Shards is how many of the shards this replica holds.
func (l *Lanes) Shards() (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, sh := range l.shards {
		if sh.state == mine {
			n++
		}
	}
	return n
}
