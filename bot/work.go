package bot

import (
	"context"
	"slices"
	"strings"

	"tiepdan"
)

// workMenu is the menu of staff.
func (s *step) workMenu() Reply {
	staff := *s.w.Staff
	if !staff.Role.MayEnter(tiepdan.CaseArea) {
		return Reply{Key: "work.menu", Args: Args{"Name": staff.Name, "Role": string(staff.Role), "Cases": false},
			Buttons: [][]Button{rowOf("citizen"), row(s.otherLanguage())}}
	}
	rows := [][]Button{rowOf("list/new", "list/mine"), rowOf("list/soon", "list/late")}
	if ids := waitsFor(staff); len(ids) > 0 {
		rows = append(rows, rowOf(ids...))
	}
	if s.w.Orders > 0 {
		rows = append(rows, row(Button{ID: "orders", Key: "button.orders", Args: s.w.Orders}))
	}
	return Reply{Key: "work.menu", Args: Args{"Name": staff.Name, "Role": string(staff.Role), "Cases": true},
		Buttons: append(rows, row(button("citizen"), s.otherLanguage()))}
}

// linesOnPage is how many cases stand on one screen of staff.
const linesOnPage = 8

// ShowWork lists cases for a member of staff.
type ShowWork struct{ List, After string }

func (c ShowWork) run(ctx context.Context, e *Engine, s *step) error {
	f := workFilter(*s.w.Staff, c.List, tiepdan.DateOf(s.w.Now), s.w.Rules.Calendar)
	f.After = c.After
	lines, next, err := e.store.Cases(ctx, f)
	if err != nil {
		return err
	}
	s.show(workList(s.w, c.List, lines, next))
	return nil
}

// workFilter says which cases a list of a member of staff has.
func workFilter(staff tiepdan.Staff, list string, today tiepdan.Date, cal tiepdan.Calendar) CaseFilter {
	f := CaseFilter{By: staff.Actor(), Open: true, Limit: linesOnPage}
	switch staff.Role {
	case tiepdan.Officer:
		f.Mine = true
	case tiepdan.UnitHead:
		if list == "new" || list == "mine" {
			f.Unit = staff.Unit // of the others, what the unit only helps with, too
		}
	}
	switch list {
	case "new":
		f.Status = staff.Role.Fresh()
	case "mine":
		f.Mine = staff.Role != tiepdan.Leader && staff.Role != tiepdan.UnitHead
		if staff.Role == tiepdan.Leader {
			f.Status = []tiepdan.Status{tiepdan.InReview}
		}
	case "soon":
		f.DueBefore = cal.AddWorking(today, tiepdan.SoonDays).Add(1)
	case "late":
		f.Overdue = true
	case "remains":
		f.Open, f.Remains, f.Order = false, true, tiepdan.DueFirst
	}
	return f
}

func workList(w World, list string, lines []CaseLine, next string) Reply {
	today := tiepdan.DateOf(w.Now)
	var rows [][]Button
	var cases []Args
	for _, l := range lines {
		if l.Sealed { // its code, and that it waits here
			l = CaseLine{ID: l.ID, Code: l.Code, Sealed: true}
		}
		args := Args{"Code": string(l.Code), "Kind": string(l.Kind), "Status": string(l.Status), "Field": l.FieldName,
			"Place": l.PlaceName, "Due": l.Mine(), "HasDue": !l.Mine().IsZero(), "Days": 0, "Sealed": l.Sealed, "Help": !l.Help.IsZero(), "Ended": !l.Status.Open()}
		if due := l.Mine(); !due.IsZero() {
			args["Days"] = daysLeft(w.Rules.Calendar, today, due)
		}
		cases = append(cases, args)
		rows = append(rows, row(Button{ID: "work/" + itoa64(l.ID) + "/show", Key: "button.work_line", Args: args}))
	}
	more := next != ""
	if id := "list/" + list + "/" + next; more && len(id) <= 40 {
		rows = append(rows, row(Button{ID: id, Key: "button.later", Args: Args{}}))
	}
	return Reply{Key: "work.list", Args: Args{"List": list, "Cases": cases, "More": more}, Buttons: append(rows, rowOf("menu"))}
}

// daysLeft counts the working days until a due day; negative when it has passed.
func daysLeft(cal tiepdan.Calendar, today, due tiepdan.Date) int {
	return cal.WorkingBetween(today, due)
}

// askWork answers the questions of staff: their lists, one case.
func (s *step) askWork(id string) bool {
	if s.w.Staff == nil {
		s.t.View = ""
		return false
	}
	parts := strings.SplitN(id, "/", 3)
	if parts[0] == "list" {
		after := ""
		if len(parts) == 3 {
			after = parts[2]
		}
		if len(parts) > 1 && slices.Contains(waitsFor(*s.w.Staff), "list/"+parts[1]) {
			s.cmd = ShowWaits{List: parts[1], Page: pageOf(after)}
			return true
		}
		if len(parts) < 2 || !slices.Contains([]string{"new", "mine", "soon", "late", "remains"}, parts[1]) || !s.w.Staff.Role.MayEnter(tiepdan.CaseArea) {
			s.t.View = ""
			return false
		}
		s.cmd = ShowWork{List: parts[1], After: after}
		return true
	}
	about := s.w.About
	if about == nil || about.Gone || about.Mine || about.Case.ID != caseOf(id) {
		s.t.View = ""
		return false
	}
	s.show(workCase(s.w, *s.w.Staff, about.Case, "work.case", Args{}))
	return true
}

// forWork reports whether a button's ID is one of staff's.
func forWork(id string) bool { return strings.HasPrefix(id, "work/") }
