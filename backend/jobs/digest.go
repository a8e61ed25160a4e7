package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"tiepdan"
)

// morning is the job that tells staff what lies before them on a day.
type morning struct {
	Day tiepdan.Date `json:"day"`
}

// Kind is its name in River's table.
func (morning) Kind() string { return "digest" }

// The digest goes out at half past seven; one that was kept from it, by noon.
const (
	digestFrom  = 7*time.Hour + 30*time.Minute
	digestUntil = 12 * time.Hour
	// River's timer may be a little early; a round that is missed by that would be
	// made up ten minutes later.
	digestEarly = time.Minute
)

// thisMorning asks for the day's digest, again and again all morning: the day is
// in the job, so that it is done once, and a morning with an outage has it still.
func (w *Workers) thisMorning() (river.JobArgs, *river.InsertOpts) {
	now := w.now()
	day := tiepdan.DateOf(now)
	if !inMorning(now, day) {
		return nil, nil
	}
	return morning{day}, &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

func inMorning(now time.Time, day tiepdan.Date) bool {
	since := now.Sub(day.Time())
	return since >= digestFrom-digestEarly && since < digestUntil
}

// tellStaff posts each digest that isn't empty, unless it is a day off or the
// morning is over. Done again, it posts what was not posted yet.
func (w *Workers) tellStaff(ctx context.Context, day tiepdan.Date) error {
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	if !rules.Calendar.Works(day) || !inMorning(w.now(), day) {
		return nil
	}
	digests, err := w.store.Digests(ctx, day)
	if err != nil {
		return err
	}
	told := 0
	for _, d := range digests {
		if d.Empty() {
			continue
		}
		text, err := json.Marshal(digestReply(d, day))
		if err != nil {
			return err
		}
		posted, err := w.store.PostToStaff(ctx, d.Staff, text, fmt.Sprintf("digest:%s:%d", day, d.Staff))
		if err != nil {
			return err
		}
		if posted {
			told++
		}
	}
	w.log.InfoContext(ctx, "the morning's digests are posted", "day", day.String(), "people", told)
	return nil
}

// reply is the part of the bot's message that a digest needs, as the outbox keeps it.
type reply struct {
	Key     string     `json:"key"`
	Args    any        `json:"args"`
	Buttons [][]button `json:"buttons"`
}

type button struct {
	ID   string   `json:"id"`
	Key  string   `json:"key"`
	Args struct{} `json:"args"`
}

// digestArgs are what the text needs. They come back from the outbox as a map of
// plain JSON, so times are written here.
type digestArgs struct {
	Day      string
	Role     tiepdan.Role
	New      int
	DueSoon  int
	Overdue  int
	Soon     int // how many working days "soon" is
	Sessions []sessionArgs
	OnDuty   bool

	Directives     int
	DirectivesLate int

	Half    int
	Asks    int
	Judging int
	Helping int

	HelpSoon, HelpLate, RemainSoon, RemainLate int
}

type sessionArgs struct{ From, To, Place, Presides string }

// digestReply says the digest, with a button for each list that isn't empty.
func digestReply(d tiepdan.Digest, day tiepdan.Date) reply {
	args := digestArgs{Day: day.Time().Format("02/01/2006"), Role: d.Role, New: d.New, DueSoon: d.DueSoon, Overdue: d.Overdue,
		Soon: tiepdan.SoonDays, Sessions: []sessionArgs{}, OnDuty: d.OnDuty, Directives: d.Directives, DirectivesLate: d.DirectivesLate,
		Half: d.Half, Asks: d.Asks, Judging: d.Judging, Helping: d.Helping,
		HelpSoon: d.HelpSoon, HelpLate: d.HelpLate, RemainSoon: d.RemainSoon, RemainLate: d.RemainLate}
	for _, s := range d.Sessions {
		args.Sessions = append(args.Sessions, sessionArgs{clock(s.Starts), clock(s.Ends), s.Place, s.Presides})
	}
	r := reply{Key: "digest.morning", Args: args}
	var lists []button
	for _, l := range []struct {
		n  int
		id string
	}{{d.Overdue + d.HelpLate, "late"}, {d.DueSoon + d.HelpSoon, "soon"}, {d.New, "new"}, {d.RemainSoon + d.RemainLate, "remains"}} { // the lists of cases
		if l.n > 0 {
			lists = append(lists, button{ID: "list/" + l.id, Key: "button.list_" + l.id})
		}
	}
	r.Buttons = [][]button{{{ID: "list/mine", Key: "button.list_mine"}}}
	if d.Directives > 0 || d.DirectivesLate > 0 {
		r.Buttons = append([][]button{{{ID: "orders", Key: "button.list_orders"}}}, r.Buttons...)
	}
	if len(lists) > 0 {
		r.Buttons = append([][]button{lists}, r.Buttons...)
	}
	return r
}

func clock(t time.Time) string { return t.In(tiepdan.Hanoi).Format("15:04") }
