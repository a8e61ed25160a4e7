package backend_test

import (
	"testing"

	"tiepdan"
	"tiepdan/templates"
)

// directiveDeeds are all that anybody can do to any direction, by its own table.
func directiveDeeds() map[tiepdan.DirectiveAction]bool {
	all := map[tiepdan.DirectiveAction]bool{}
	for _, st := range tiepdan.DirectiveStatuses() {
		for _, r := range tiepdan.StaffRoles() {
			for _, do := range tiepdan.DirectiveActions(tiepdan.Directive{Status: st, Unit: 1}, tiepdan.Actor{Role: r, Staff: 1, Unit: 1}) {
				all[do] = true
			}
		}
	}
	return all
}

func TestWhatComesAfterHasWords(t *testing.T) {
	t.Parallel()
	var keys []string
	add := func(prefix string, names ...string) {
		for _, n := range names {
			keys = append(keys, "page."+prefix+n)
		}
	}
	for do := range directiveDeeds() {
		add("directives.", "act_"+string(do), "done_"+string(do), "deed_"+string(do))
	}
	add("directives.deed_", "issue", "escalate")
	add("directives.text_", "assign", "progress", "report", "accept", "return", "urge", "extend", "cancel")
	for _, st := range tiepdan.DirectiveStatuses() {
		add("directive_status.", string(st))
	}
	for _, r := range tiepdan.Results() {
		add("result.", string(r))
	}
	for _, k := range tiepdan.SessionKinds() {
		add("session_kind.", string(k))
	}
	add("directives.view_", "open", "overdue", "mine", "reported", "done", "all")
	add("conclusion.status_", "none", "draft", "submitted", "approved")
	add("conclusion.", "drafted", "saved", "submitted", "numbered", "asked", "approved")
	add("reports.", "named_month", "named_quarter", "named_year", "file_xlsx", "file_pdf")
	for _, report := range []string{"receptions", "duty", "attendance", "directives"} {
		add("reports.", "title_"+report, "tab_"+report)
	}
	for _, table := range []string{"totals", "results", "kinds", "fields", "at"} {
		add("reports.", "by_"+table, "col_"+table)
	}
	for _, lang := range []tiepdan.Language{tiepdan.Vietnamese, tiepdan.English} {
		for _, key := range keys {
			if !templates.Messages(lang).Has(key) {
				t.Errorf("%s has no %s", lang, key)
			}
		}
	}
}
