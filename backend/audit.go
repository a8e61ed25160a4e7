package backend

import (
	"net/http"
	"strings"
	"time"

	"tiepdan"
	"tiepdan/templates"
)

const pageOfAudit = 50

// auditRow is a deed as the page shows it.
type auditRow struct {
	tiepdan.AuditRow
	What  string // the deed in words
	Facts string // its detail, as names and values
	On    auditSubject
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
	Ignored []unread
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
	p.Ignored = unreadDays(r, s.language(r), "from", "audit.from", "to", "audit.to")
	if code := strings.TrimSpace(r.FormValue("code")); code != "" {
		if _, err := tiepdan.ParseCaseCode(code); err != nil {
			p.Ignored = append(p.Ignored, unread{plain(s.language(r), "audit.case"), beginning([]rune(code))})
		}
	}
	for _, name := range []string{"staff", "action", "from", "to", "code"} {
		if r.FormValue(name) != "" {
			p.Set++
		}
	}
	names, err := s.namer(r)
	if err != nil {
		return err
	}
	for _, row := range rows {
		p.Rows = append(p.Rows, auditRow{AuditRow: row, What: deed(names.lang, row.Action), Facts: facts(names, row), On: subjectOf(row, who(r).Role, names)})
	}
	for _, one := range names.staff {
		p.Staff = append(p.Staff, option{Value: decimal(one.ID), Label: one.Name, Hint: plain(names.lang, "role."+string(one.Role))})
	}
	if next != "" {
		p.Next = with(r.URL, "after", next)
	}
	if r.FormValue("after") != "" {
		p.First = with(r.URL, "after", "")
	}
	return s.render(w, r, "audit", p)
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
