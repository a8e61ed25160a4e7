package backend

import (
	"net/http"
	"slices"
	"strings"

	"tiepdan"
)

// recurrenceRow is a standing rule in the list, with its next day.
type recurrenceRow struct {
	tiepdan.Recurrence
	UnitName string
	Rule     tiepdan.RulePreset
	Next     tiepdan.Date
}

// recurrencesPage is what recurrences.html shows.
type recurrencesPage struct {
	Rows  []recurrenceRow
	Edits bool
}

func (s *Server) showRecurrences(w http.ResponseWriter, r *http.Request) error {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	list, err := s.Store.Recurrences(r.Context())
	if err != nil {
		return err
	}
	p := recurrencesPage{Edits: slices.Contains(planners, who(r).Role)}
	for _, one := range list {
		unit, _ := rules.Unit(one.Unit)
		row := recurrenceRow{Recurrence: one, UnitName: unit.Name, Rule: tiepdan.PresetOf(one.RRule)}
		for _, o := range s.next(one, rules.Calendar, 3) {
			if !o.Cancelled && row.Next.IsZero() {
				row.Next = o.On
			}
		}
		p.Rows = append(p.Rows, row)
	}
	return s.render(w, r, "recurrences", p)
}

// previewed is how many coming days a rule's page shows.
const previewed = 12

// next are the coming days of a rule, with what days off do to them.
func (s *Server) next(one tiepdan.Recurrence, c tiepdan.Calendar, n int) []tiepdan.Occurrence {
	from := tiepdan.DateOf(s.Now())
	if one.From.After(from) {
		from = one.From
	}
	days := one.Occurrences(from, from.AddMonths(26), c)
	return days[:min(n, len(days))]
}

// recurrencePage is what recurrence.html shows: one rule, or a new one.
type recurrencePage struct {
	Recurrence tiepdan.Recurrence
	Form       form
	Kinds      []option
	Forms      []option
	DayOffs    []option
	Heads      []option
	Units      []option
	Weekdays   []option
	Nths       []option
	Days       []tiepdan.Occurrence // the coming ones; none where the rule gives none
}

func (s *Server) recurrencePage(r *http.Request, before tiepdan.Recurrence, f form, shown tiepdan.Recurrence) (recurrencePage, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return recurrencePage{}, err
	}
	heads, err := s.Store.Heads(r.Context())
	if err != nil {
		return recurrencePage{}, err
	}
	lang := s.language(r)
	p := recurrencePage{Recurrence: before, Form: f, Kinds: sessionKindOptions(lang), Heads: headOptions(heads), Units: unitOptions(rules, nil, lang)}
	p.choices(lang)
	p.Days = s.next(shown, rules.Calendar, previewed)
	return p, nil
}

// choices are what a rule is put together from.
func (p *recurrencePage) choices(lang tiepdan.Language) {
	named := func(value, key string) option { return option{Value: value, Label: plain(lang, key)} }
	for _, form := range tiepdan.RuleForms() {
		p.Forms = append(p.Forms, named(string(form), "recurrences.form_"+string(form)))
	}
	for _, o := range []tiepdan.DayOff{tiepdan.DayOffNext, tiepdan.DayOffPrevious, tiepdan.DayOffCancel} {
		p.DayOffs = append(p.DayOffs, named(string(o), "recurrences.day_off_"+string(o)))
	}
	for _, d := range week() {
		p.Weekdays = append(p.Weekdays, named(decimal(d.Day), "day.long_"+decimal(d.Day)))
	}
	for _, n := range []string{"1", "2", "3", "4", "-1"} {
		p.Nths = append(p.Nths, named(n, "recurrences.nth_"+strings.Replace(n, "-1", "last", 1)))
	}
}

func (s *Server) showNewRecurrence(w http.ResponseWriter, r *http.Request) error {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	first := tiepdan.DateOf(s.Now()).Add(1)
	fresh := tiepdan.Recurrence{RRule: "FREQ=MONTHLY;BYMONTHDAY=1,16", From: first, DayOff: tiepdan.DayOffNext, Kind: tiepdan.Periodic,
		Starts: 8 * 60, Ends: 11*60 + 30, Place: rules.Office.Address, Places: 10, CutDays: 1, Active: true}
	return s.renderRecurrence(w, r, tiepdan.Recurrence{}, fresh)
}

func (s *Server) showRecurrence(w http.ResponseWriter, r *http.Request) error {
	one, err := s.recurrence(r)
	if err != nil {
		return err
	}
	return s.renderRecurrence(w, r, one, one)
}

// renderRecurrence shows the rule's page with the form filled from shown.
func (s *Server) renderRecurrence(w http.ResponseWriter, r *http.Request, before, shown tiepdan.Recurrence) error {
	p, err := s.recurrencePage(r, before, recurrenceForm(shown), shown)
	if err != nil {
		return err
	}
	return s.render(w, r, "recurrence", p)
}

// recurrence is the rule that the address names; a new one where it names none.
func (s *Server) recurrence(r *http.Request) (tiepdan.Recurrence, error) {
	if r.PathValue("id") == "" {
		return tiepdan.Recurrence{}, nil
	}
	id, err := pathID(r, "recurrence.none")
	if err != nil {
		return tiepdan.Recurrence{}, err
	}
	return s.Store.Recurrence(r.Context(), id)
}

// saveRecurrence keeps a rule, or only shows which days it would give.
func (s *Server) saveRecurrence(w http.ResponseWriter, r *http.Request) error {
	before, err := s.recurrence(r)
	if err != nil {
		return err
	}
	one, err := s.readRecurrence(r, before.ID)
	again := func(f form) (any, error) { return s.recurrencePage(r, before, f, one) }
	if r.FormValue("do") == "preview" {
		p, err := again(form{Values: r.PostForm})
		if err != nil {
			return err
		}
		return s.render(w, r, "recurrence", p)
	}
	var id int64
	if err == nil {
		err = one.Valid()
	}
	if err == nil {
		id, err = s.Store.SaveRecurrence(r.Context(), who(r).Actor(), one)
	}
	if err != nil {
		return s.again(w, r, err, "recurrence", again)
	}
	return s.done(w, r, "recurrences.saved", "/recurrences/"+decimal(id))
}
