package backend

import (
	"net/http"

	"tiepdan"
)

// lawRow is a rule as the page shows it.
type lawRow struct {
	tiepdan.Rule
	InForce bool
}

// groundRow is a ground as the page shows it.
type groundRow struct {
	tiepdan.LegalGround
	Said    string
	InForce bool
}

func groundRows(today tiepdan.Date, lang tiepdan.Language) (rows []groundRow) {
	for _, g := range tiepdan.AllLegalGrounds() {
		row := groundRow{g, g.Label, g.InForce(today)}
		if lang == tiepdan.English {
			row.Said = g.LabelEN
		}
		rows = append(rows, row)
	}
	return rows
}

// Said reports whether the rule has a length to show.
func (r lawRow) Said() bool { return r.Unit != tiepdan.NoUnit && r.Length != 0 }

// Days is the rule's length, which the law counts backwards from an event as well.
func (r lawRow) Days() int { return max(r.Length, -r.Length) }

// showPeriods lists the law's rows as the program knows them. They are read-only:
// a change in the law is a new row with its own dates, which comes with a version.
func (s *Server) showPeriods(w http.ResponseWriter, r *http.Request) error {
	today := tiepdan.DateOf(s.Now())
	type group struct {
		Kind tiepdan.RuleKind
		Rows []lawRow
	}
	var groups []group
	unsure := 0
	for _, kind := range tiepdan.RuleKinds {
		g := group{Kind: kind}
		for _, rule := range tiepdan.Laws() {
			if rule.Kind == kind {
				g.Rows = append(g.Rows, lawRow{rule, rule.InForce(today)})
			}
			if rule.Kind == kind && !rule.Confirmed() {
				unsure++
			}
		}
		if len(g.Rows) > 0 {
			groups = append(groups, g)
		}
	}
	return s.render(w, r, "periods", struct {
		Groups  []group
		Rows    int
		Unsure  int
		Grounds []groundRow
	}{groups, len(tiepdan.Laws()), unsure, groundRows(today, s.language(r))})
}
