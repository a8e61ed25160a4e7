package store

import (
	"cmp"
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// seedRows are the rows of a chunk of sample cases.
type seedRows struct {
	cases, entries, book [][]any
	printed              [][]any // without keys: samples are alike in their words only
	clocks, late, helps  [][]any
	results              [][]any
	turns                map[int64]tiepdan.Entry // when each officer was last given one
}

// seedColumns are what [seedRows.add] writes of a case, in its order.
var seedColumns = []string{"id", "code", "draft", "kind", "mode", "approval", "field", "place", "status", "unit", "officer", "text", "person", "grouped",
	"unnamed", "respondent", "channel", "language", "received", "legal", "accepted", "corruption", "due_on", "written", "chain", "class", "round", "earlier",
	"urgent", "helpers", "help_units", "help_staff", "barred_units", "barred_staff", "follow_up", "awaits", "closes_from", "remains_on"}

var seedEntryColumns = []string{"case_id", "n", "action", "role", "staff", "at", "from_status", "to_status", "text", "reason", "details", "unit"}

// seedDays are the days that the lists sort a case by.
type seedDays struct{ due, remains tiepdan.Date }

func (r *seedRows) add(c tiepdan.Case, days seedDays, number int64, year int) error {
	js := &jsons{}
	chain := make([]string, len(c.Chain))
	for i, role := range c.Chain {
		chain[i] = string(role)
	}
	r.cases = append(r.cases, []any{c.ID, string(c.Code), c.Draft, string(c.Kind), string(c.Mode), c.Approval, c.Field, c.Place, string(c.Status),
		idOrNull(c.Unit), idOrNull(c.Officer), c.Text, js.of(c.Person), js.of(c.Group), c.Unnamed, c.Respondent, c.Channel, string(c.Language), c.Received,
		c.Legal.Time(), c.Accepted, c.Corruption, dateOrNull(days.due), c.Written, chain, js.of(c.Class), int16(c.Round), idOrNull(c.Earlier),
		c.Urgent, js.of(notNil(c.Helpers)), helpUnits(c), helpStaff(c), notNil(c.Barred.Units), notNil(c.Barred.Staff), dateOrNull(tiepdan.FollowUpOn(c)),
		c.AwaitsDelivery(), dateOrNull(tiepdan.ClosesFrom(c)), dateOrNull(days.remains)})
	for _, e := range c.History {
		r.entries = append(r.entries, []any{c.ID, int32(e.N), string(e.Do), string(e.By.Role), idOrNull(e.By.Staff), e.At, string(e.From), string(e.To),
			e.Text, e.Reason, js.of(e.Details), idOrNull(e.By.Unit)})
		if last := r.turns[e.Details.Officer]; e.Do == tiepdan.Assign && e.Details.Officer != 0 && e.At.After(last.At) {
			r.turns[e.Details.Officer] = e
		}
	}
	r.book = append(r.book, []any{c.ID, int32(year), number})
	r.printed = append(r.printed, []any{c.ID, []int64{}})
	return js.err
}

// addClocks are the rows beside a case: all that there was to tell by today was told.
func (r *seedRows) addClocks(c tiepdan.Case, rules *tiepdan.Rules, today tiepdan.Date) {
	if _, next, told := tiepdan.DueWarnings(c, rules, today, nil); !next.IsZero() || len(told) > 0 || asksOf(c) != nil || judgeOf(c) != "" {
		var judge, warnOn any
		if to := judgeOf(c); to != "" {
			judge = to
		}
		if !next.IsZero() {
			warnOn = next.Time()
		}
		r.clocks = append(r.clocks, []any{c.ID, warnOn, notNil(told), asksOf(c), judge})
	}
	for _, res := range tiepdan.ResultsOf(c, rules) {
		r.results = append(r.results, []any{c.ID, int32(res.Entry), res.At, string(res.Kind), idOrNull(res.Unit), res.Outcome, res.Document, dateOrNull(res.Signed),
			res.Answered.Time(), res.How, dateOrNull(res.Delivered), dateOrNull(res.Due), int32(res.Late), []int64{}})
	}
	for _, d := range lateDuties(c, rules) {
		r.late = append(r.late, []any{c.ID, d.id, int32(d.since), idOrNull(cmp.Or(d.unit, c.Unit)), d.due.Time(), d.met.Time(), string(d.part)})
	}
	for _, h := range c.HelpWanted() {
		r.helps = append(r.helps, []any{c.ID, int32(h.Entry), h.Unit, idOrNull(h.Officer), dateOrNull(h.Due)})
	}
}

func dateOrNull(d tiepdan.Date) any {
	if d.IsZero() {
		return nil
	}
	return d.Time()
}

func idOrNull(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

// jsons writes values and keeps the first error.
type jsons struct{ err error }

func (j *jsons) of(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil && j.err == nil {
		j.err = err
	}
	return b
}

func (r *seedRows) copy(ctx context.Context, tx pgx.Tx) error {
	for _, t := range []struct {
		name    string
		columns []string
		rows    [][]any
	}{{"cases", seedColumns, r.cases}, {"entries", seedEntryColumns, r.entries}, {"book", []string{"case_id", "year", "number"}, r.book},
		{"case_printed", []string{"case_id", "keys"}, r.printed},
		{"case_clocks", []string{"case_id", "warn_on", "warned", "asks", "judge"}, r.clocks},
		{"late_duties", []string{"case_id", "duty", "since", "unit", "due", "met", "part"}, r.late},
		{"case_helps", []string{"case_id", "entry", "unit", "officer", "due"}, r.helps},
		{"results", []string{"case_id", "entry", "at", "kind", "unit", "outcome", "document", "signed", "answered", "how", "delivered", "due", "late", "told_to"}, r.results}} {
		if _, err := tx.CopyFrom(ctx, pgx.Identifier{t.name}, t.columns, pgx.CopyFromRows(t.rows)); err != nil {
			return err
		}
	}
	return nil
}
