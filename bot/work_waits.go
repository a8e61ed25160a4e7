package bot

import (
	"context"
	"slices"

	"tiepdan"
)

// waits are the lists of what waits for a person's own word, each with the acts
// that it is for.
var waits = map[string][]tiepdan.Action{"judge": {tiepdan.Approve, tiepdan.Endorse}, "ask": {tiepdan.Direct}}

// waitsFor are those of the lists that the person, or whom they stand in for, may ever have something on.
func waitsFor(staff tiepdan.Staff) (ids []string) {
	roles := []tiepdan.Role{staff.Role}
	for _, other := range staff.Actor().For {
		roles = append(roles, other.Role)
	}
	deeds := tiepdan.Deeds(roles...)
	for _, list := range []string{"judge", "ask"} {
		if slices.ContainsFunc(waits[list], func(do tiepdan.Action) bool { return slices.Contains(deeds, do) }) {
			ids = append(ids, "list/"+list)
		}
	}
	return ids
}

// ShowWaits lists the answers that wait for a person's judgment, or the questions
// that wait for their direction, what came first first.
type ShowWaits struct {
	List string
	Page int
}

func (c ShowWaits) run(ctx context.Context, e *Engine, s *step) error {
	find := e.store.ToJudge
	if c.List == "ask" {
		find = e.store.ToDirect
	}
	cases, err := find(ctx, s.w.Staff.Actor())
	if err != nil {
		return err
	}
	from := min(c.Page*linesOnPage, len(cases))
	until := min(from+linesOnPage, len(cases))
	var lines []CaseLine
	for _, one := range cases[from:until] {
		lines = append(lines, waitingLine(s.w, one))
	}
	next := ""
	if until < len(cases) {
		next = itoa(c.Page + 1)
	}
	s.show(workList(s.w, c.List, lines, next))
	return nil
}

// waitingLine is a case's line.
func waitingLine(w World, c tiepdan.Case) CaseLine {
	args := caseArgs(w.Rules, w.Language(), c)
	l := CaseLine{ID: c.ID, Code: c.Code, Kind: c.Kind, Status: c.Status, Due: args["Due"].(tiepdan.Date), Sealed: c.Sealed()}
	if f, ok := w.Rules.Field(c.Field); ok {
		l.FieldName = f.Name
	}
	if ward, ok := w.Rules.Ward(c.Place); ok {
		l.PlaceName = ward.Name
	}
	return l
}
