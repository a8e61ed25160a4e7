package tiepdan

import (
	"slices"
	"strings"
	"testing"
)

// wantDirective is the life of a direction, written anew: from which states, by whom
// (r receptionist, b board head, l leader, u unit head, o officer, s the clock), to which.
var wantDirective = []struct {
	do   DirectiveAction
	from string
	by   string
	to   DirectiveStatus
}{
	{TakeDirective, "issued", "uo", DirectiveTaken},
	{AssignDirective, "issued taken", "ubl", ""},
	{ProgressDirective, "issued taken", "uo", DirectiveTaken},
	{ReportDirective, "issued taken", "uo", DirectiveReported},
	{AcceptDirective, "reported", "bl", DirectiveDone},
	{ReturnDirective, "reported", "bl", DirectiveTaken},
	{UrgeDirective, "issued taken", "rbl", ""},
	{ExtendDirective, "issued taken reported", "bl", ""},
	{CancelDirective, "issued taken reported", "bl", DirectiveCancelled},
	{EscalateDirective, "issued taken reported", "s", ""},
}

var letters = map[Role]string{Receptionist: "r", BoardHead: "b", Leader: "l", UnitHead: "u", Officer: "o", System: "s",
	Auditor: "-", Administrator: "-", Citizen: "-"}

var directiveNow = Date{2026, 11, 4}.At(9 * 60)

func actors() (as []Actor) {
	for role := range letters {
		for _, unit := range []int64{0, 7, 8} {
			for _, staff := range []int64{70, 71} {
				as = append(as, Actor{Role: role, Staff: staff, Unit: unit}, Actor{Role: role, Staff: staff, Unit: unit, Cleared: true})
			}
		}
	}
	return as
}

func TestWhatIsNoRowOfADirectionCannotHappen(t *testing.T) {
	t.Parallel()
	actions := []DirectiveAction{IssueDirective, "other"}
	for _, w := range wantDirective {
		actions = append(actions, w.do)
	}
	for _, status := range DirectiveStatuses() {
		for _, secret := range []bool{false, true} {
			d := Directive{ID: 1, Unit: 7, Officer: 70, Status: status, Secret: secret, Due: Date{2026, 11, 9}, Task: "Kiểm tra"}
			for _, by := range actors() {
				for _, do := range actions {
					tryDirective(t, d, DirectiveAct{Do: do, By: by, At: directiveNow, Text: "xong", Due: Date{2026, 11, 20}, Officer: 71})
				}
			}
		}
	}
}

// tryDirective does the act and says when it doesn't come out as written above.
func tryDirective(t *testing.T, d Directive, a DirectiveAct) {
	t.Helper()
	to, allowed := wantedOf(d, a)
	got, e, err := a.Apply(d)
	switch {
	case !allowed && err == nil:
		t.Errorf("%s did %s to one that is %s (secret: %v)", a.By.Role, a.Do, d.Status, d.Secret)
	case !allowed && CodeOf(err) != Forbidden && CodeOf(err) != Conflict:
		t.Errorf("%s of %s: %v", a.Do, d.Status, err)
	case allowed && err != nil:
		t.Errorf("%s may not %s one that is %s: %v", a.By.Role, a.Do, d.Status, err)
	case allowed && (got.Status != to || len(got.History) != 1 || e.Do != a.Do || e.N != 1):
		t.Errorf("after %s it is %s with %d lines", a.Do, got.Status, len(got.History))
	}
	if offered := slices.Contains(DirectiveActions(d, a.By), a.Do); offered != allowed {
		t.Errorf("%s is offered %s of one that is %s: %v", a.By.Role, a.Do, d.Status, offered)
	}
}

func wantedOf(d Directive, a DirectiveAct) (to DirectiveStatus, allowed bool) {
	theirs := a.By.Role != UnitHead || a.By.Unit == d.Unit
	if a.By.Role == Officer {
		theirs = a.By.Staff == d.Officer
	}
	if !theirs || d.Secret && !a.By.Cleared && a.By.Role != System {
		return "", false
	}
	for _, w := range wantDirective {
		if w.do != a.Do || !slices.Contains(strings.Fields(w.from), string(d.Status)) || !strings.Contains(w.by, letters[a.By.Role]) {
			continue
		}
		if w.to == "" {
			return d.Status, true
		}
		return w.to, true
	}
	return "", false
}

func TestWhoDirectsAndWhatMustBeSaid(t *testing.T) {
	t.Parallel()
	whole := Directive{Unit: 7, Task: " Kiểm tra ", Due: Date{2026, 11, 4}}
	secret := whole
	secret.Secret = true
	leader := Actor{Role: Leader, Staff: 1}
	for _, c := range []struct {
		name string
		d    Directive
		by   Actor
		key  string
	}{
		{"due today is early enough", whole, leader, ""},
		{"the board's head may", whole, Actor{Role: BoardHead}, ""},
		{"a receptionist may not", whole, Actor{Role: Receptionist}, "directive.not_yours"},
		{"a unit's head may not", whole, Actor{Role: UnitHead, Unit: 7}, "directive.not_yours"},
		{"a denunciation's is for the cleared", secret, leader, "directive.not_yours"},
		{"who is cleared may", secret, Actor{Role: Leader, Cleared: true}, ""},
		{"no unit", Directive{Task: "x", Due: whole.Due}, leader, "directive.unit_missing"},
		{"no task", Directive{Unit: 7, Task: " ", Due: whole.Due}, leader, "directive.task_missing"},
		{"no day", Directive{Unit: 7, Task: "x"}, leader, "directive.due_missing"},
		{"a day that is past", Directive{Unit: 7, Task: "x", Due: Date{2026, 11, 3}}, leader, "directive.due_past"},
	} {
		d, e, err := c.d.Issue(c.by, directiveNow)
		if key := keyOf(err); key != c.key {
			t.Errorf("%s: %q, not %q", c.name, key, c.key)
		} else if key == "" && (d.Status != DirectiveIssued || d.Year != 2026 || d.Task != "Kiểm tra" || e.N != 1 || len(d.History) != 1) {
			t.Errorf("%s: %+v", c.name, d)
		}
	}
}

func TestDirectionsAreWarnedOfAndEscalated(t *testing.T) {
	t.Parallel()
	c := seedCalendar()
	escalated := func(days ...int) (es []DirectiveEntry) {
		for _, day := range days {
			es = append(es, DirectiveEntry{Do: EscalateDirective, At: Date{2026, 11, day}.At(8 * 60)})
		}
		return es
	}
	for _, k := range []struct {
		name             string
		status           DirectiveStatus
		due, today       int // of November 2026; the 24th is a holiday
		history          []DirectiveEntry
		warns, escalates bool
	}{
		{"three working days ahead", DirectiveTaken, 9, 4, nil, false, false},
		{"two working days ahead", DirectiveTaken, 6, 4, nil, true, false},
		{"over a weekend", DirectiveIssued, 9, 5, nil, true, false},
		{"over the holiday", DirectiveIssued, 26, 23, nil, true, false},
		{"on its day", DirectiveIssued, 4, 4, nil, true, false},
		{"a result waits", DirectiveReported, 4, 4, nil, false, false},
		{"a day late", DirectiveIssued, 4, 5, nil, false, true},
		{"a result waits too long", DirectiveReported, 4, 5, nil, false, true},
		{"done", DirectiveDone, 4, 5, nil, false, false},
		{"cancelled", DirectiveCancelled, 4, 5, nil, false, false},
		{"told today", DirectiveIssued, 4, 5, escalated(5), false, false},
		{"told four working days ago", DirectiveIssued, 4, 11, escalated(5), false, false},
		{"told five working days ago", DirectiveIssued, 4, 12, escalated(5), false, true},
		{"told anew", DirectiveIssued, 4, 13, escalated(5, 12), false, false},
		{"told before it was extended", DirectiveIssued, 10, 11, escalated(9), false, true},
	} {
		d := Directive{Status: k.status, Due: Date{2026, 11, k.due}, History: k.history}
		today := Date{2026, 11, k.today}
		if d.Warns(today, c) != k.warns || d.Escalates(today, c) != k.escalates {
			t.Errorf("%s: warns %v, escalates %v", k.name, d.Warns(today, c), d.Escalates(today, c))
		}
	}
}

func TestAHiddenDirectionHasNoWords(t *testing.T) {
	t.Parallel()
	d := Directive{ID: 1, Year: 2026, Number: 12, Unit: 7, Task: "bí mật", Case: 3, CaseCode: "TD26-0000-0000", Due: Date{2026, 11, 4}, Secret: true,
		History: []DirectiveEntry{{N: 1, Do: ReportDirective, Text: "bí mật", Files: []Attachment{{SHA256: "00"}}}}}
	h := d.Hidden()
	if h.Task != "" || h.Case != 0 || h.CaseCode != "" || h.History[0].Text != "" || h.History[0].Files != nil {
		t.Errorf("%+v", h)
	}
	if h.Code() != "CD26-0012" || h.Due != d.Due || d.History[0].Text == "" {
		t.Errorf("%+v of %+v", h, d)
	}
}
