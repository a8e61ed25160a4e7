package backend

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tiepdan"
	"tiepdan/templates"
)

// auditSubject is what a deed was done to, as a reader understands it.
type auditSubject struct {
	Words string
	Path  string // its page; "": there is none, or not for this reader
	Where string // of a session
}

// subjectOf words the subject of an audit row for somebody of that role.
func subjectOf(row tiepdan.AuditRow, reader tiepdan.Role, names namer) (on auditSubject) {
	open := func(area tiepdan.Area, path string, id int64) {
		if reader.MayEnter(area) && id != 0 {
			on.Path = fmt.Sprintf(path, id)
		}
	}
	on.Where = row.Session.Place
	switch row.SubjectKind {
	case "case":
		on.Words = row.SubjectCode
		if reader.MayEnter(tiepdan.CaseArea) && row.SubjectCode != "" {
			on.Path = casePath(tiepdan.CaseCode(row.SubjectCode))
		}
		return on
	case "session", "appointment":
		open(tiepdan.ScheduleArea, "/sessions/%d", row.Session.ID)
	case "conclusion":
		open(tiepdan.DirectiveArea, "/sessions/%d/conclusion", row.Session.ID)
	case "reception":
		open(tiepdan.BookArea, "/book/%d", row.SubjectID)
	case "directive":
		open(tiepdan.DirectiveArea, "/directives/%d", row.SubjectID)
	case "plan":
		year, quarter := row.SubjectID/10, row.SubjectID%10
		on.Words = said(names.lang, "audit.on_plan", map[string]any{"Year": year, "Quarter": quarter})
		if reader.MayEnter(tiepdan.ScheduleArea) {
			on.Path = fmt.Sprintf("/plans/%d/%d", year, quarter)
		}
		return on
	}
	on.Words = subjectWords(row, names)
	return on
}

// subjectWords are the name of what has one, else what it is, and when, or its number.
func subjectWords(row tiepdan.AuditRow, names namer) string {
	if called := names.called(row.SubjectKind, row.SubjectID); called != "" {
		return called
	}
	key, words := "audit.on_"+row.SubjectKind, templates.Messages(names.lang)
	if row.Session.ID != 0 && words.Has("page."+key+"_of") {
		key += "_of"
	}
	switch {
	case row.SubjectID == 0 && row.Session.ID == 0:
		return ""
	case !words.Has("page." + key):
		return decimal(row.SubjectID)
	case row.SubjectKind == "office":
		return plain(names.lang, key)
	case row.Session.ID != 0:
		return said(names.lang, "audit.of_session", map[string]any{"What": plain(names.lang, key), "At": momentOf(row.Session.Starts)})
	}
	return said(names.lang, "audit.numbered", map[string]any{"What": plain(names.lang, key), "N": row.SubjectID})
}

// called is the name of somebody, a unit or a rule that a row has by its id.
func (n namer) called(what string, id int64) string {
	switch what {
	case "staff", "officer", "substitute":
		return n.person(id)
	case "unit":
		return n.unit(id)
	case "routing":
		if i := slices.IndexFunc(n.rules.Routing, func(r tiepdan.RoutingRule) bool { return r.ID == id }); i >= 0 {
			return n.rules.Routing[i].Name
		}
	}
	return ""
}

// facts writes a row's detail as "name value, name value". They are ids, counts
// and codes, never anybody's words.
func facts(names namer, row tiepdan.AuditRow) string {
	var m map[string]any
	if json.Unmarshal(row.Detail, &m) != nil {
		return ""
	}
	var parts []string
	for name, value := range m {
		switch {
		case name == "entry", name == "session" && row.Session.ID != 0: // the case's page counts for itself, the session is named
		case value == 0.0 && slices.Contains([]string{"unit", "officer", "substitute", "case"}, name): // none is no fact
		default:
			parts = append(parts, fact1(names, name, value))
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}

// fact1 words one name and value; what has no words stands as it is.
func fact1(names namer, name string, value any) string {
	shown := factValue(names, name, value)
	if templates.Messages(names.lang).Has("page.audit.fact_" + name) {
		name = plain(names.lang, "audit.fact_"+name)
	}
	return name + ": " + shown
}

func factValue(names namer, name string, value any) string {
	lang := names.lang
	switch value := value.(type) {
	case nil:
		return plain(lang, "no")
	case float64:
		return cmp.Or(names.called(name, int64(value)), strconv.FormatFloat(value, 'f', -1, 64))
	case bool:
		return plain(lang, map[bool]string{true: "yes", false: "no"}[value])
	case []any: // the roles of a chain
		var shown []string
		for _, one := range value {
			shown = append(shown, factValue(names, name, one))
		}
		return cmp.Or(strings.Join(shown, " → "), plain(lang, "no"))
	case string:
		if d, err := tiepdan.ParseDate(value); err == nil {
			return writeDate(d)
		}
		for _, of := range []string{"role.", "mode.", "kind.", "holidays.kind_", "tasks.how_", "session_status.", "session_kind."} {
			if templates.Messages(lang).Has("page." + of + value) {
				return plain(lang, of+value)
			}
		}
	}
	return fmt.Sprint(value)
}
