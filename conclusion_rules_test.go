package tiepdan

import (
	"slices"
	"strings"
	"testing"
)

func TestWhatIsNoRowOfAConclusionCannotHappen(t *testing.T) {
	t.Parallel()
	want := []struct {
		do       ConclusionAction
		from, by string
		to       ConclusionStatus
	}{
		{WriteConclusion, "draft", "rbl", ""},
		{SubmitConclusion, "draft", "rbl", ConclusionSubmitted},
		{ReturnConclusion, "submitted", "bl", ConclusionDraft},
		{ApproveConclusion, "submitted", "bl", ConclusionApproved},
		{NumberConclusion, "draft submitted approved", "rb", ""},
	}
	for _, status := range []ConclusionStatus{ConclusionDraft, ConclusionSubmitted, ConclusionApproved} {
		for role := range letters {
			c := Conclusion{Status: status}
			for _, w := range want {
				allowed := slices.Contains(strings.Fields(w.from), string(status)) && strings.Contains(w.by, letters[role])
				to, err := c.After(w.do, Actor{Role: role})
				if (err == nil) != allowed || c.May(w.do, Actor{Role: role}) != allowed {
					t.Errorf("%s does %s to a %s one: %v", role, w.do, status, err)
				}
				if w.to == "" || !allowed {
					w.to = status
				}
				if to != w.to {
					t.Errorf("after %s of a %s one it is %s", w.do, status, to)
				}
			}
		}
	}
}

func TestFourEyesApprove(t *testing.T) {
	t.Parallel()
	plain := Conclusion{Status: ConclusionSubmitted, By: 1, Items: []ConclusionItem{{Matter: "a"}}}
	secret := plain
	secret.Items = []ConclusionItem{{Matter: "a"}, {Secret: true}}
	withheld := plain
	withheld.Items = []ConclusionItem{{Matter: "a"}, ConclusionItem{Matter: "b"}.Hidden()}
	for _, k := range []struct {
		name   string
		c      Conclusion
		by     Actor
		others bool
		key    string
	}{
		{"another leader", plain, Actor{Role: Leader, Staff: 2}, true, ""},
		{"who wrote it", plain, Actor{Role: Leader, Staff: 1}, true, "conclusion.four_eyes"},
		{"who wrote it, where nobody else could", plain, Actor{Role: Leader, Staff: 1}, false, ""},
		{"one who may not read all of it", secret, Actor{Role: Leader, Staff: 2}, true, "conclusion.not_cleared"},
		{"one who may", secret, Actor{Role: Leader, Staff: 2, Cleared: true}, true, ""},
		{"one whom a part of it is about", withheld, Actor{Role: Leader, Staff: 2, Cleared: true}, true, "conclusion.withheld"},
		{"… though nobody else could", withheld, Actor{Role: Leader, Staff: 2, Cleared: true}, false, "conclusion.withheld"},
		{"a receptionist", plain, Actor{Role: Receptionist, Staff: 2}, false, "conclusion.not_yours"},
	} {
		if key := keyOf(k.c.Approves(k.by, k.others)); key != k.key {
			t.Errorf("%s: %q, not %q", k.name, key, k.key)
		}
	}
}

func TestAConclusionIsCompleteBeforeItGoesOn(t *testing.T) {
	t.Parallel()
	today := Date{2026, 11, 4}
	whole := ConclusionItem{Reception: 1, Matter: "Rác", Text: "Giao đơn vị xử lý", Unit: 7, Task: "Dọn rác", Due: today}
	for _, k := range []struct {
		key    string
		change func(*ConclusionItem)
	}{
		{"", func(*ConclusionItem) {}},
		{"", func(i *ConclusionItem) { i.Unit, i.Task, i.Due = 0, "", Date{} }},
		{"", func(i *ConclusionItem) { i.Unit, i.Task, i.Due = 0, "", today.Add(-1) }},
		{"conclusion.text_missing", func(i *ConclusionItem) { i.Matter = "" }},
		{"conclusion.text_missing", func(i *ConclusionItem) { i.Text = "" }},
		{"conclusion.unit_missing", func(i *ConclusionItem) { i.Unit = 0 }},
		{"conclusion.task_missing", func(i *ConclusionItem) { i.Task = "" }},
		{"conclusion.due_missing", func(i *ConclusionItem) { i.Due = Date{} }},
		{"conclusion.due_past", func(i *ConclusionItem) { i.Due = today.Add(-1) }},
	} {
		item := whole
		k.change(&item)
		err := Conclusion{Items: []ConclusionItem{whole, item}}.Check(today)
		if keyOf(err) != k.key {
			t.Errorf("%v, not %s", err, k.key)
		}
		if e, ok := err.(*Error); ok && e.Args["Item"] != 2 {
			t.Errorf("it names item %v", e.Args["Item"])
		}
	}
	if keyOf(Conclusion{}.Check(today)) != "conclusion.items_missing" {
		t.Error("an empty one goes on")
	}
}
