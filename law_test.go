package tiepdan

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"testing"
)

func TestTheLawsFileIsSound(t *testing.T) {
	t.Parallel()
	rules := Laws()
	if len(rules) != 59 {
		t.Errorf("there are %d rules; say here when one is added", len(rules))
	}
	ids := map[string]bool{}
	word := regexp.MustCompile(`^[a-z0-9_]+(\.[a-z0-9_]+)+$`)
	for _, r := range rules {
		if ids[r.ID] || !word.MatchString(r.ID) {
			t.Errorf("%q: twice, or no name", r.ID)
		}
		ids[r.ID] = true
		if r.Label == "" || r.FromEvent == "" || r.Source == "" || len(r.AppliesTo) == 0 {
			t.Errorf("%s: incomplete", r.ID)
		}
		known := slices.Contains(TimeUnits, r.Unit) && slices.Contains(RuleKinds, r.Kind) &&
			slices.Contains([]string{"law", "local_practice", "local_example"}, r.Basis) &&
			slices.Contains([]string{"high", "medium", "low"}, r.Confidence)
		if !known {
			t.Errorf("%s: a word that nobody knows: %+v", r.ID, r)
		}
		if !r.ValidFrom.IsZero() && !r.ValidTo.IsZero() && r.ValidTo.Before(r.ValidFrom) {
			t.Errorf("%s ends before it begins", r.ID)
		}
		checkLength(t, r)
		for _, e := range r.Extensions {
			if e.Condition == "" || e.MaxTotal == 0 && e.Additional*e.Times == 0 && e.Effect == "" {
				t.Errorf("%s: an extension without a measure: %+v", r.ID, e)
			}
			if e.Effect == "" && (e.Unit != r.Unit || r.Longest(e).Length <= r.Length) {
				t.Errorf("%s: %+v makes nothing longer", r.ID, e)
			}
		}
	}
}

// checkLength holds a rule's kind, unit and length against each other.
func checkLength(t *testing.T, r Rule) {
	t.Helper()
	if r.Unit == NoUnit && r.Length != 0 {
		t.Errorf("%s: %d of nothing", r.ID, r.Length)
	}
	switch r.Kind {
	case RulePeriod, RuleMinimum, RuleRetention, RuleEffect, RuleCutoff:
		if !r.Term().Counts() || r.Length < 0 {
			t.Errorf("%s: %v is no period", r.ID, r.Term())
		}
	case RuleBackward:
		if !r.Term().InDays() || r.Length >= 0 {
			t.Errorf("%s: %v doesn't count backward", r.ID, r.Term())
		}
	case RuleRecurrence:
		if r.Unit != DayPerMonth && r.Unit != DayPerWeek || r.Length < 1 {
			t.Errorf("%s: %v doesn't recur", r.ID, r.Term())
		}
	case RuleWindow:
		if r.ToEvent == "" {
			t.Errorf("%s: the window has no end", r.ID)
		}
	}
}

func TestNothingOfTheLawsFileIsLost(t *testing.T) {
	t.Parallel()
	var file, back struct{ Rules []map[string]any }
	if err := json.Unmarshal(lawJSON, &file); err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(map[string]any{"Rules": Laws()})
	if err != nil || json.Unmarshal(b, &back) != nil {
		t.Fatal(err)
	}
	for i, rule := range file.Rules {
		for key, value := range rule {
			if got := back.Rules[i][key]; value != nil && !reflect.DeepEqual(got, value) {
				t.Errorf("%v: %s is %v, read as %v", rule["id"], key, value, got)
			}
		}
	}
}

func TestTheLawChangesOnItsDay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		on, in, out string
	}{
		{"2026-06-30", "duty.commune_chair_old", "duty.commune_chair"},
		{"2026-07-01", "duty.commune_chair", "duty.commune_chair_old"},
	} {
		in, ok := RuleByID(c.in)
		out, ok2 := RuleByID(c.out)
		if !ok || !ok2 || !in.InForce(day(t, c.on)) || out.InForce(day(t, c.on)) {
			t.Errorf("on %s %s rules, and not %s", c.on, c.in, c.out)
		}
	}
	if _, ok := RuleByID("complaint.nothing"); ok {
		t.Error("there is no such rule")
	}
}

func TestTheRulesOfAnEvent(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, r := range RulesFor("khieu_nai_lan_dau", "complaint_accepted", day(t, "2026-08-01")) {
		ids = append(ids, r.ID)
	}
	want := []string{"complaint.resolve_first", "complaint.resolve_first_remote"}
	for _, id := range want {
		if !slices.Contains(ids, id) {
			t.Errorf("%s isn't among %v", id, ids)
		}
	}
	notice, _ := RuleByID("reception.initial_notice")
	if !notice.Confirmed() || notice.Term() != (Term{10, WorkingDay}) {
		t.Errorf("%+v", notice)
	}
	if r, _ := RuleByID("petition.processing"); r.Confirmed() {
		t.Error("sources differ on petition.processing")
	}
	resolve, _ := RuleByID("denunciation.resolve")
	if got := resolve.Longest(resolve.Extensions[1]); got != (Term{90, CalendarDay}) {
		t.Errorf("an especially complex denunciation takes at most %v", got)
	}
}
