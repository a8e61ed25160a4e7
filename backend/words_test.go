package backend_test

import (
	"testing"

	"tiepdan"
	"tiepdan/templates"
)

// The pages put these keys together; a page that lacks one fails when it is shown.
func TestEveryKeyPutTogetherHasWords(t *testing.T) {
	t.Parallel()
	var keys []string
	add := func(prefix string, names ...string) {
		for _, n := range names {
			keys = append(keys, "page."+prefix+n)
		}
	}
	for _, k := range tiepdan.Kinds() {
		add("kind.", string(k))
	}
	for _, st := range tiepdan.Statuses() {
		add("status.", string(st))
	}
	for _, k := range tiepdan.StepKinds {
		add("step.", string(k))
	}
	for _, r := range tiepdan.CaseArea.Roles() {
		add("inbox.lead_", string(r))
	}
	for _, r := range append(tiepdan.StaffRoles(), tiepdan.Citizen, tiepdan.System) {
		add("role.", string(r))
	}
	for _, do := range tiepdan.Deeds() {
		add("deed.", string(do))
	}
	for _, do := range tiepdan.Deeds(tiepdan.StaffRoles()...) {
		add("act.", string(do))
		add("act.go_", string(do))
		add("done.", string(do))
	}
	for _, k := range tiepdan.SessionKinds() {
		add("day.kind_", string(k))
	}
	for _, st := range tiepdan.SessionStatuses() {
		add("day.status_", string(st))
		add("day.why_", string(st))
	}
	for _, r := range tiepdan.Results() {
		add("result.", string(r))
	}
	for _, g := range tiepdan.Grounds() {
		add("ground.", string(g))
	}
	add("day.do_", "arrive", "call", "miss", "drop", "back", "came")
	add("book.span_", "month", "last_month", "quarter", "year", "report_3", "report_6", "report_9", "report_12")
	add("book.c", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12")
	add("tasks.kind_", "undeliverable", "dead_update", "call_back")
	add("tasks.explain_", "undeliverable", "dead_update", "call_back")
	add("tasks.call_booking.", "moved", "cancelled", "dropped", "up")
	add("deed.", "submit")
	add("rating.", "1", "2", "3")
	add("view.", "open", "mine", "unassigned", "soon", "overdue", "all")
	add("paper.", "receipt", "petition", "checklist")
	add("delivery.", "queued", "sending", "sent", "failed", "blocked", "unknown", "cancelled")
	add("error.title_", "invalid", "not_found", "forbidden", "conflict", "limited", "internal")
	for _, lang := range []tiepdan.Language{tiepdan.Vietnamese, tiepdan.English} {
		for _, key := range keys {
			if !templates.Messages(lang).Has(key) {
				t.Errorf("%s has no %s", lang, key)
			}
		}
	}
}
