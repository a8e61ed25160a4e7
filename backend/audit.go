package backend

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"tiepdan"
	"tiepdan/templates"
)

const pageOfAudit = 50

// auditRow is a deed as the page shows it.
type auditRow struct {
	tiepdan.AuditRow
	What   string // the deed in words
	Facts  string // its detail, as names and values
	OnWhom string // the member of staff it was done to
}

// auditPage is what audit.html shows.
type auditPage struct {
	Rows    []auditRow
	Form    form
	Staff   []option
	Actions []option
	Next    string
	First   string
	Set     int // how many filters are
}

// auditFilter reads the filter from the address.
func (s *Server) auditFilter(r *http.Request) tiepdan.AuditFilter {
	f := tiepdan.AuditFilter{By: who(r).Actor(), Staff: number(r, "staff"), Action: r.FormValue("action"), After: r.FormValue("after"), Limit: pageOfAudit}
	if from := day(r, "from"); !from.IsZero() {
		f.From = from.Time()
	}
	if to := day(r, "to"); !to.IsZero() {
		f.To = to.Add(1).Time()
	}
	if code, err := tiepdan.ParseCaseCode(r.FormValue("code")); err == nil {
		f.SubjectKind, f.SubjectID = "case", -1
		if c, err := s.Store.CaseByCode(r.Context(), code); err == nil {
			f.SubjectID = c.ID
		}
	}
	return f
}

func (s *Server) showAudit(w http.ResponseWriter, r *http.Request) error {
	rows, next, err := s.Store.AuditList(r.Context(), s.auditFilter(r))
	if err != nil {
		return err
	}
	p := auditPage{Form: form{Values: r.URL.Query()}, Actions: auditActions(s.language(r))}
	for _, name := range []string{"staff", "action", "from", "to", "code"} {
		if r.FormValue(name) != "" {
			p.Set++
		}
	}
	names, err := s.names(r)
	if err != nil {
		return err
	}
	for _, row := range rows {
		p.Rows = append(p.Rows, s.auditRow(r, row, names))
	}
	if err := s.auditStaff(r, &p); err != nil {
		return err
	}
	if next != "" {
		p.Next = with(r.URL, "after", next)
	}
	if r.FormValue("after") != "" {
		p.First = with(r.URL, "after", "")
	}
	return s.render(w, r, "audit", p)
}

func (s *Server) auditStaff(r *http.Request, p *auditPage) error {
	staff, err := s.Store.StaffList(r.Context())
	for _, one := range staff {
		p.Staff = append(p.Staff, option{Value: decimal(one.ID), Label: one.Name, Hint: plain(s.language(r), "role."+string(one.Role))})
	}
	return err
}

func (s *Server) auditRow(r *http.Request, row tiepdan.AuditRow, names map[int64]string) auditRow {
	out := auditRow{AuditRow: row, What: deed(s.language(r), row.Action), Facts: facts(s.language(r), row.Detail)}
	if row.SubjectKind == "staff" {
		out.OnWhom = names[row.SubjectID]
	}
	return out
}

// deeds are what an audit row may be of, beside the acts on cases.
var deeds = []string{"view", "view_file", "save_staff", "set_password", "disable_staff", "invite", "confirm_join", "save_unit", "save_field",
	"save_kind", "save_holiday", "delete_holiday", "recompute_dues", "save_office", "seed_office", "seed_cases", "export_cases", "save_view", "delete_view", "save_session", "finish_task",
	"book", "check_in", "call", "back_in_queue", "no_show", "drop_appointment", "write_reception", "correct_reception",
	"save_attendance", "conclusion_view", "conclusion_write", "conclusion_submit", "conclusion_return", "conclusion_approve", "conclusion_number",
	"directive_view", "directive_issue", "directive_take", "directive_assign", "directive_progress", "directive_report", "directive_accept",
	"directive_return", "directive_urge", "directive_extend", "directive_cancel", "directive_escalate", "save_template", "reset_template", "save_answer_template", "use_answer_template", "move_answer_template", "retry_update", "block_account", "unblock_account"}

// deed words an action; one that has no words yet stands as it is.
func deed(lang tiepdan.Language, action string) string {
	if key := "page.audit.do_" + action; templates.Messages(lang).Has(key) {
		return plain(lang, "audit.do_"+action)
	}
	return plain(lang, "deed."+action)
}

func auditActions(lang tiepdan.Language) (opts []option) {
	for _, a := range deeds {
		opts = append(opts, option{Value: a, Label: deed(lang, a)})
	}
	return opts
}

// facts writes a row's detail as "name value, name value". They are ids, counts
// and codes, never anybody's words.
func facts(lang tiepdan.Language, detail json.RawMessage) string {
	var m map[string]any
	if json.Unmarshal(detail, &m) != nil {
		return ""
	}
	var parts []string
	for name, value := range m {
		if name != "entry" && !(name == "unit" && value == 0.0) { // the case's page counts for itself; no unit is no fact
			parts = append(parts, fact1(lang, name, value))
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}

// fact1 words one name and value; what has no words stands as it is.
func fact1(lang tiepdan.Language, name string, value any) string {
	words := templates.Messages(lang)
	shown := fmt.Sprint(value)
	switch value := value.(type) {
	case bool:
		shown = plain(lang, map[bool]string{true: "yes", false: "no"}[value])
	case string:
		if d, err := tiepdan.ParseDate(value); err == nil {
			shown = writeDate(d)
		}
		for _, of := range []string{"role.", "mode.", "kind.", "holidays.kind_", "tasks.how_"} {
			if words.Has("page." + of + value) {
				shown = plain(lang, of+value)
			}
		}
	}
	if words.Has("page.audit.fact_" + name) {
		name = plain(lang, "audit.fact_"+name)
	}
	return name + ": " + shown
}

// Walks along the whole chain read the whole log: few at a time are enough.
const (
	auditChecks      = 3
	auditCheckWindow = time.Minute
)

// checkAudit walks along the chain and says what it found. It changes nothing.
func (s *Server) checkAudit(w http.ResponseWriter, r *http.Request) error {
	ok, wait, err := s.Store.Allow(r.Context(), "audit-check", auditChecks, auditCheckWindow)
	if err != nil {
		return err
	}
	if !ok {
		return &tiepdan.Error{Code: tiepdan.Limited, Key: "page.audit.too_often", Args: map[string]any{"Seconds": int(wait.Seconds()) + 1}}
	}
	report, err := s.Store.VerifyAudit(r.Context())
	if err != nil {
		return err
	}
	return s.render(w, r, "audit_check", report)
}
