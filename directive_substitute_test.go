package tiepdan

import (
	"slices"
	"testing"
)

// Who stands in does what the absent one might, and is named with them; what they
// may themself, they do as themself.
func TestWhoStandsInDoesADirectionInTheOthersPlace(t *testing.T) {
	t.Parallel()
	absent := []Standin{{Staff: 70, Role: Officer, Unit: 7, Cleared: true}}
	head := []Standin{{Staff: 60, Role: UnitHead, Unit: 7, Cleared: true}}
	all := []DirectiveAction{TakeDirective, ProgressDirective, ReportDirective}
	for _, c := range []struct {
		name   string
		by     Actor
		change func(*Directive)
		sees   Sees
		may    []DirectiveAction
		as     int64
	}{
		{"a colleague", Actor{Role: Officer, Staff: 71, Unit: 7}, nil, Nothing, nil, 0},
		{"who stands in", Actor{Role: Officer, Staff: 71, Unit: 7, For: absent}, nil, Everything, all, 70},
		{"who stands in for the head", Actor{Role: Officer, Staff: 71, Unit: 7, For: head}, nil, Everything,
			[]DirectiveAction{TakeDirective, AssignDirective, ProgressDirective, ReportDirective}, 60},
		{"of a secret one, not cleared", Actor{Role: Officer, Staff: 71, Unit: 7, For: absent}, func(d *Directive) { d.Secret = true }, Nothing, nil, 0},
		{"of a secret one, cleared", Actor{Role: Officer, Staff: 71, Unit: 7, Cleared: true, For: absent}, func(d *Directive) { d.Secret = true }, Everything, all, 70},
		{"whom it is about", Actor{Role: Officer, Staff: 71, Unit: 7, For: absent}, func(d *Directive) { d.Barred.Staff = []int64{71} }, Nothing, nil, 0},
		{"for one whom it is about", Actor{Role: Officer, Staff: 71, Unit: 7, For: absent}, func(d *Directive) { d.Barred.Staff = []int64{70} }, Nothing, nil, 0},
		{"what is nobody's yet", Actor{Role: Officer, Staff: 71, Unit: 7, For: absent}, func(d *Directive) { d.Officer = 0 }, Everything, all, 0},
	} {
		d := Directive{ID: 1, Unit: 7, Officer: 70, Status: DirectiveIssued, Due: Date{2026, 11, 9}, Task: "Kiểm tra"}
		if c.change != nil {
			c.change(&d)
		}
		if sees := c.by.SeeDirective(d); sees != c.sees {
			t.Errorf("%s sees %d", c.name, sees)
		}
		may := DirectiveActions(d, c.by)
		if !slices.Equal(may, c.may) {
			t.Errorf("%s may %v", c.name, may)
		}
		got, e, err := DirectiveAct{Do: TakeDirective, By: c.by, At: directiveNow}.Apply(d)
		if (err == nil) != slices.Contains(c.may, TakeDirective) {
			t.Errorf("%s: %v", c.name, err)
		}
		if err == nil && (e.For != c.as || e.By.Staff != 71 || d.Officer != 0 && got.Officer != 70 || d.Officer == 0 && got.Officer != 71) {
			t.Errorf("%s: for %d by %d, and it is %d's", c.name, e.For, e.By.Staff, got.Officer)
		}
	}
}
