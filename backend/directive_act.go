package backend

import (
	"errors"
	"net/http"
	"slices"

	"tiepdan"
)

// directiveActs is all that a person may do to a direction: one act first, the
// others behind it.
type directiveActs struct {
	First  *directiveForm
	Others []directiveForm
}

// directiveForm is one act as the page offers it.
type directiveForm struct {
	Do       tiepdan.DirectiveAction
	Path     string
	Seen     int // lines of the history that the person was shown
	Open     bool
	Grave    bool
	Form     form
	Controls []actControl
}

// directiveFields are the forms of the acts; one that isn't here is a button.
var directiveFields = map[tiepdan.DirectiveAction][]actField{
	tiepdan.AssignDirective:   {{"officer", "choose", true}, {"text", "area", false}},
	tiepdan.ProgressDirective: {{"text", "area", true}, attached},
	tiepdan.ReportDirective:   {{"text", "area", true}, attached},
	tiepdan.AcceptDirective:   {{"text", "area", false}},
	tiepdan.ReturnDirective:   {{"text", "area", true}},
	tiepdan.UrgeDirective:     {{"text", "area", false}},
	tiepdan.ExtendDirective:   {{"due", "input", true}, {"text", "area", true}},
	tiepdan.CancelDirective:   {{"text", "area", true}},
}

// firstOfDirective is which act is offered first, of those that a person may do.
var firstOfDirective = []tiepdan.DirectiveAction{tiepdan.TakeDirective, tiepdan.AcceptDirective, tiepdan.ReportDirective, tiepdan.UrgeDirective}

// drawDirectiveActs draws what the table lets this person do. open is the one whose
// form stands open, filled in as f.
func drawDirectiveActs(d tiepdan.Directive, by tiepdan.Actor, names namer, open tiepdan.DirectiveAction, f form) directiveActs {
	can := tiepdan.DirectiveActions(d, by)
	first := tiepdan.DirectiveAction("")
	for _, do := range firstOfDirective {
		if first == "" && slices.Contains(can, do) && (do != tiepdan.UrgeDirective || by.Role != tiepdan.UnitHead) {
			first = do
		}
	}
	var acts directiveActs
	for _, do := range can {
		values := form{}
		if do == open {
			values = f
		}
		a := directiveForm{Do: do, Path: directivePath(d.ID) + "/act", Seen: len(d.History), Open: do == open, Grave: do == tiepdan.CancelDirective, Form: values}
		for _, field := range directiveFields[do] {
			a.Controls = append(a.Controls, directiveControl(d, do, field, values, names))
		}
		if do == first {
			acts.First = &a
		} else {
			acts.Others = append(acts.Others, a)
		}
	}
	return acts
}

func directiveControl(d tiepdan.Directive, do tiepdan.DirectiveAction, f actField, values form, names namer) actControl {
	label := "directives." + f.Name
	if f.Name == "text" {
		label = "directives.text_" + string(do)
	}
	c := actControl{Part: f.Part, control: newControl(values, f.Name, label, "id=act-"+string(do)+"-"+f.Name)}
	c.Required, c.Rows = f.Required, 4
	switch f.Name {
	case "due":
		c.Type = "date"
	case "files":
		c.Label, c.Hint = "act.files", "act.files_hint"
	case "officer":
		c.Empty, c.Groups = "directives.choose_officer", []group{{Options: officersOf(d, names)}}
		if values.Values == nil && d.Officer != 0 {
			c.Form = filled("officer", decimal(d.Officer))
		}
	}
	return c
}

// officersOf are who may do the direction's work: of its unit, and of a secret one
// only who may read it.
func officersOf(d tiepdan.Directive, names namer) (opts []option) {
	for _, p := range names.staff {
		if p.Unit == d.Unit && p.Role.InUnit() && !p.Disabled && (p.Cleared || !d.Secret) {
			opts = append(opts, option{Value: decimal(p.ID), Label: p.Name})
		}
	}
	return opts
}

// actOnDirective does what one of the direction's forms asks for.
func (s *Server) actOnDirective(w http.ResponseWriter, r *http.Request) error {
	d, err := s.directiveAsked(r)
	if err != nil {
		return err
	}
	do := tiepdan.DirectiveAction(r.PostFormValue("do"))
	err = s.actDirective(r, d, do)
	if errors.Is(err, errDone) {
		err = nil
	}
	if err != nil {
		return s.directiveAgain(w, r, d.ID, do, err)
	}
	return s.done(w, r, "directives.done_"+string(do), directivePath(d.ID))
}

// directiveAgain shows the direction once more, as it stands by now, with the form
// as typed.
func (s *Server) directiveAgain(w http.ResponseWriter, r *http.Request, id int64, do tiepdan.DirectiveAction, err error) error {
	f, status, err := s.mend(r, err)
	if err != nil {
		return err
	}
	d, err := s.Store.ViewDirective(r.Context(), who(r).Actor(), id)
	if err != nil {
		return err
	}
	return s.renderDirective(w, r, d, status, do, f)
}

// actDirective does one act. What may not be is told before any file is kept.
func (s *Server) actDirective(r *http.Request, d tiepdan.Directive, do tiepdan.DirectiveAction) error {
	in := typedIn(r)
	a := tiepdan.DirectiveAct{Do: do, By: who(r).Actor(), At: s.Now(), Text: r.PostFormValue("text"), Due: in.day("due"), Officer: number(r, "officer")}
	if in.fault != nil {
		return in.fault
	}
	seen := int(number(r, "seen"))
	tried := a
	if len(formFiles(r)) > 0 {
		tried.Files = []tiepdan.Attachment{{}}
	}
	if _, _, err := onceDirective(tried, seen)(d); err != nil {
		return err
	}
	staff, err := s.Store.StaffList(r.Context())
	if err != nil {
		return err
	}
	if a.Officer != 0 && !slices.ContainsFunc(officersOf(d, namer{staff: staff}), func(o option) bool { return o.Value == decimal(a.Officer) }) {
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "directive.officer_wrong"}
	}
	if a.Files, err = s.keepAll(r, d.Secret); err != nil {
		return err
	}
	_, _, err = s.Store.UpdateDirective(r.Context(), d.ID, onceDirective(a, seen))
	return err
}

// onceDirective is the change that an act makes unless the same form has made it
// before. What a leader accepts or gives back must be what they read.
func onceDirective(a tiepdan.DirectiveAct, seen int) func(tiepdan.Directive) (tiepdan.Directive, tiepdan.DirectiveEntry, error) {
	return func(d tiepdan.Directive) (tiepdan.Directive, tiepdan.DirectiveEntry, error) {
		for _, e := range d.History[min(max(seen, 0), len(d.History)):] {
			if e.Do == a.Do && e.By.Staff == a.By.Staff && e.Text == tiepdan.Clean(a.Text) && e.To == a.Officer && e.Due == a.Due {
				return d, e, errDone
			}
		}
		if decided := a.Do == tiepdan.AcceptDirective || a.Do == tiepdan.ReturnDirective; decided && seen != len(d.History) {
			return d, tiepdan.DirectiveEntry{}, &tiepdan.Error{Code: tiepdan.Conflict, Key: "page.directives.changed"}
		}
		return a.Apply(d)
	}
}
