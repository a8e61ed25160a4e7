package tiepdan

import "time"

// Issue returns d as by gives it to its unit, without a number yet, and the line
// that its history begins with. Only who decides for the office directs; and of a
// denunciation only who may see it.
func (d Directive) Issue(by Actor, at time.Time) (Directive, DirectiveEntry, error) {
	d.Task = Clean(d.Task)
	switch {
	case by.Role != System && (by.Role != BoardHead && by.Role != Leader || d.Secret && !by.Cleared):
		return d, DirectiveEntry{}, &Error{Code: Forbidden, Key: "directive.not_yours"}
	case d.Unit == 0:
		return d, DirectiveEntry{}, invalid("directive.unit_missing", nil)
	case d.Task == "":
		return d, DirectiveEntry{}, invalid("directive.task_missing", nil)
	case d.Due.IsZero():
		return d, DirectiveEntry{}, invalid("directive.due_missing", nil)
	case d.Due.Before(DateOf(at)):
		return d, DirectiveEntry{}, invalid("directive.due_past", nil)
	}
	d.Status, d.IssuedBy, d.Issued, d.Year = DirectiveIssued, by.Staff, at, DateOf(at).Year
	d.Done, d.Urged = time.Time{}, 0
	e := DirectiveEntry{N: 1, Do: IssueDirective, By: by, At: at, Due: d.Due, To: d.Officer}
	d.History = []DirectiveEntry{e}
	return d, e, nil
}

// Hidden returns d as those see it who aren't named for a denunciation: that it is
// there, whose it is, where it stands, and by when.
func (d Directive) Hidden() Directive {
	d.Task, d.Case, d.CaseCode, d.Reception = "", 0, "", 0
	history := make([]DirectiveEntry, len(d.History))
	for i, e := range d.History {
		e.Text, e.Files = "", nil
		history[i] = e
	}
	d.History = history
	return d
}

// WarnDays is how many working days before its due day a direction's worker is
// told, and EscalateDays after how many an overdue one is escalated again.
const (
	WarnDays     = 2
	EscalateDays = 5
)

// Warns reports whether the worker is to be told today that d falls due.
func (d Directive) Warns(today Date, c Calendar) bool {
	given := d.Status == DirectiveIssued || d.Status == DirectiveTaken
	return given && !d.Due.Before(today) && !d.Due.After(c.AddWorking(today, WarnDays))
}

// Escalates reports whether d is overdue and nobody was told of it since it fell
// due, or long enough ago.
func (d Directive) Escalates(today Date, c Calendar) bool {
	if !d.Late(today) {
		return false
	}
	for _, e := range d.History {
		if e.Do == EscalateDirective && DateOf(e.At).After(d.Due) && DateOf(e.At).After(c.AddWorking(today, -EscalateDays)) {
			return false
		}
	}
	return true
}
