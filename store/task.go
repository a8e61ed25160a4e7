package store

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Kinds of tasks.
const (
	TaskUndeliverable = "undeliverable" // a message that the citizen's app wouldn't take
	TaskDeadUpdate    = "dead_update"   // what somebody sent us and we couldn't handle
	TaskCallBack      = "call_back"     // whose appointment has changed and no message reaches
	TaskDeliver       = "deliver"       // an answer that is to be brought by another way; done by bringing it
)

// Task is what a person must do because a machine couldn't: tell a citizen by
// another way, see what an update was.
type Task = tiepdan.Task

// mostTasks is how many tasks are listed at once.
const mostTasks = 500

// Tasks returns the open tasks, the oldest first, or the finished ones, the last
// first; none of a case that is about by.
func (s *Store) Tasks(ctx context.Context, by tiepdan.Actor, open bool) ([]Task, error) {
	var w where
	w.add("t.done IS NULL")
	order := `t.id`
	if !open {
		w.parts, order = []string{"t.done IS NOT NULL"}, `t.done DESC, t.id DESC`
	}
	unbarredRow(&w, by)
	rows, err := s.db.Query(ctx, `SELECT t.id, coalesce(t.case_id, 0) AS case_id, coalesce(c.code, '') AS code, t.kind, t.entry, t.reason, t.created,
			coalesce(t.done, '0001-01-01 00:00:00+00') AS done, coalesce(t.done_by, 0) AS done_by, t.how, t.note, coalesce(t.letter, 0) AS letter,
			coalesce(t.appointment, 0) AS appointment, coalesce(a.session_id, 0) AS session, coalesce(a.name, '') AS name, coalesce(a.phone, '') AS phone
		FROM tasks t LEFT JOIN cases c ON c.id = t.case_id LEFT JOIN appointments a ON a.id = t.appointment WHERE `+w.sql()+` ORDER BY `+order+` LIMIT `+strconv.Itoa(mostTasks), w.args...)
	if err != nil {
		return nil, broken(err, "tasks")
	}
	ts, err := pgx.CollectRows(rows, pgx.RowToStructByName[Task])
	return ts, broken(err, "tasks")
}

// CountTasks is how many open tasks [Store.Tasks] has for by, up to [tiepdan.CountCap].
func (s *Store) CountTasks(ctx context.Context, by tiepdan.Actor) (n int, err error) {
	var w where
	w.add("t.done IS NULL")
	unbarredOf(&w, "t.case_id", by)
	err = s.db.QueryRow(ctx, `SELECT count(*) FROM (SELECT FROM tasks t WHERE `+w.sql()+` LIMIT `+w.arg(tiepdan.CountCap)+`) q`, w.args...).Scan(&n)
	return n, broken(err, "count tasks")
}

// FinishTask records how a task was done. One that somebody has finished stays theirs.
func (s *Store) FinishTask(ctx context.Context, by tiepdan.Actor, id int64, how, note string, now time.Time) error {
	switch how {
	case "phone", "post", "in_person", "other":
	default:
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "task.how_missing"}
	}
	return broken(pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `UPDATE tasks SET done = $2, done_by = nullif($3::bigint, 0), how = $4, note = $5 WHERE id = $1 AND done IS NULL AND kind <> 'deliver'`,
			id, now, by.Staff, how, tiepdan.Clean(note))
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return &tiepdan.Error{Code: tiepdan.Conflict, Key: "task.done_already"}
		}
		return audit(ctx, tx, s.now(), by, "finish_task", onTask, id, facts{"how": how})
	}), "finish task")
}
