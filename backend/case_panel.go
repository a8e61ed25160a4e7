package backend

import (
	"net/http"
	"slices"

	"tiepdan"
)

// actForm is one act that may be done, as the page offers it.
type actForm struct {
	Do       tiepdan.Action
	About    string // a key: what it will do; "": nothing to say
	Label    string // a key: an assignment of what is assigned is called otherwise
	Path     string
	Seen     int    // the last entry that the page shows
	Ref      string // names this try, so that a second sending is known for one
	Grave    bool   // ends the case
	Form     form
	Controls []actControl
	Proposal tiepdan.Entry // of Approve and Revise: what is decided on
	Draft    *draftBox     // of an answer: what is being written
	Insert   *insertBox    // templates that its words may begin with
	Ruled    string        // of an Assign that a rule filled in: its name and why
}

type actControl struct {
	Part string
	control
}

// actPanel is all that a person may do: what the law suggests, one act's form, and
// the others as lists of what can be chosen in its place.
type actPanel struct {
	Said      form // what is wrong with an act that can't be done any more
	First     *actForm
	Chosen    bool // its form was asked for
	Suggested []suggested
	Groups    []actGroup
}

// actGroup is a list of acts that belong together. Open is the one that is shown first.
type actGroup struct {
	Name string
	Acts []actLink
	Open bool
}

// actLink leads to an act's form, or to the page that it has of its own.
type actLink struct {
	Do    tiepdan.Action
	Label string // a key
	Path  string
	Page  bool         // a page of its own
	From  tiepdan.Date // the first day on which it may be done, if that is to come
}

// actGroups are in the order of their lists. An act stands in the list that names it.
var actGroups = []struct {
	Name string
	Acts []tiepdan.Action
}{
	{"outcome", []tiepdan.Action{tiepdan.RecordOriginal, tiepdan.Classify, tiepdan.VerifyMore, tiepdan.Accept, tiepdan.Refuse, tiepdan.GuideCitizen,
		tiepdan.SendBack, tiepdan.Transfer, tiepdan.Urge, tiepdan.RecordReply, tiepdan.FileAway, tiepdan.Retain, tiepdan.Destroy, tiepdan.Divide,
		tiepdan.Terminate}},
	{"people", []tiepdan.Action{tiepdan.Assign, tiepdan.Take, tiepdan.Return, tiepdan.Contribute}},
	{"talk", []tiepdan.Action{tiepdan.AskMore, tiepdan.Supply, tiepdan.Add, tiepdan.Tell, tiepdan.Progress, tiepdan.Note, tiepdan.Consult, tiepdan.Direct}},
	{"clock", []tiepdan.Action{tiepdan.Extend, tiepdan.Suspend, tiepdan.Resume}},
	{"answer", []tiepdan.Action{tiepdan.Propose, tiepdan.Endorse, tiepdan.Revise, tiepdan.Approve, tiepdan.Answer, tiepdan.RecordDocument,
		tiepdan.RecordDelivery, tiepdan.Publish, tiepdan.CloseCase}},
	{"other", nil}, // whatever stands in no other list
}

// grave are the acts that end a case without an answer.
var grave = []tiepdan.Action{tiepdan.Refuse, tiepdan.GuideCitizen, tiepdan.SendBack, tiepdan.Transfer, tiepdan.FileAway, tiepdan.Destroy,
	tiepdan.Terminate, tiepdan.RecordWithdrawal}

func groupOf(do tiepdan.Action) string {
	for _, g := range actGroups {
		if slices.Contains(g.Acts, do) {
			return g.Name
		}
	}
	return "other"
}

// actPanel draws the acts that the lifecycle lets this person do. open is the one
// whose form was asked for, filled in as f.
func (s *Server) actPanel(r *http.Request, c tiepdan.Case, names namer, open tiepdan.Action, f form) (actPanel, error) {
	actor := who(r).Actor()
	can := slices.DeleteFunc(tiepdan.Actions(c, actor), func(do tiepdan.Action) bool {
		return slices.Contains(elsewhere, do) && pagesOf[do] == ""
	})
	choose := chooser{c: c, actor: actor, names: names, today: tiepdan.DateOf(s.Now()), ground: r.FormValue("ground")}
	if err := choose.staffs(r.Context(), s, can); err != nil {
		return actPanel{}, err
	}
	p := actPanel{Suggested: choose.suggested(can), Chosen: choose.opens(can, open, f)}
	first := open
	if !p.Chosen {
		p.Said = form{Said: f.Said}
		first = p.primary(c, actor, can)
	}
	if first != "" {
		p.First = choose.opened(first, p.Chosen, f)
		if actor.Drafts(c) {
			box, err := s.drafts(r, c)
			if err != nil {
				return actPanel{}, err
			}
			p.First.fillDraft(box)
		}
		choose.offerTemplates(p.First)
	}
	p.Groups = choose.groups(can, first)
	return p, nil
}

// opens reports whether an act's form can be shown. One that is too soon isn't, unless
// something was typed into it.
func (ch chooser) opens(can []tiepdan.Action, do tiepdan.Action, f form) bool {
	return slices.Contains(can, do) && !slices.Contains(elsewhere, do) && (f.Values != nil || ch.notYet(do).IsZero())
}

// primary is the act whose form stands open unasked: none where the law suggests an outcome.
func (p actPanel) primary(c tiepdan.Case, actor tiepdan.Actor, can []tiepdan.Action) tiepdan.Action {
	if slices.ContainsFunc(p.Suggested, func(s suggested) bool { return s.Path != "" && s.Do != tiepdan.Classify }) {
		return ""
	}
	return primaryOf(c, actor, can)
}

// opened is the form of one act; one that was asked for takes what was typed.
func (ch chooser) opened(do tiepdan.Action, chosen bool, f form) *actForm {
	a := ch.act(do)
	if !chosen {
		return &a
	}
	if do == tiepdan.Classify && ch.seals(f) {
		a.Controls = append(a.Controls, ch.control(do, sealing, f))
	}
	if do == tiepdan.Assign && ch.gone(f) {
		a.Controls = append(a.Controls, ch.control(do, away, f))
	}
	a.take(f)
	if len(a.Controls) > 0 && f.Values == nil {
		a.Controls[0].Focus = true
	}
	return &a
}

// take puts what was typed into the form, and keeps the try's name.
func (a *actForm) take(f form) {
	if f.Values == nil {
		return
	}
	a.Form = f
	if ref := f.Value("ref"); ref != "" {
		a.Ref = ref
	}
	for i := range a.Controls {
		a.Controls[i].Form = f
	}
}

// groups are the lists of what may be done beside the act that is shown already.
func (ch chooser) groups(can []tiepdan.Action, first tiepdan.Action) (gs []actGroup) {
	for _, g := range actGroups {
		of := actGroup{Name: g.Name}
		for _, do := range can {
			if do != first && groupOf(do) == g.Name {
				of.Acts = append(of.Acts, ch.link(do))
			}
		}
		if len(of.Acts) > 0 {
			gs = append(gs, of)
		}
	}
	if len(gs) > 0 {
		gs[openGroup(gs, ch.c, first)].Open = true
	}
	return gs
}

// openGroup is the list that is most likely looked for: that of the act that is
// shown, else the outcomes of a case that nobody has, else the talk.
func openGroup(gs []actGroup, c tiepdan.Case, first tiepdan.Action) int {
	want := "talk"
	if c.Unit == 0 {
		want = "outcome"
	}
	if first != "" && c.Unit != 0 {
		want = groupOf(first)
	}
	return max(0, slices.IndexFunc(gs, func(g actGroup) bool { return g.Name == want }))
}

func (ch chooser) link(do tiepdan.Action) actLink {
	l := actLink{Do: do, Label: ch.label(do), From: ch.notYet(do), Path: casePath(ch.c.Code) + "?do=" + string(do) + "#act-" + string(do)}
	if page := pagesOf[do]; page != "" {
		l.Path, l.Page = casePath(ch.c.Code)+page, true
	}
	return l
}

// notYet is the day from which the act may be done; zero: it may be.
func (ch chooser) notYet(do tiepdan.Action) tiepdan.Date {
	if from := tiepdan.NotBefore(ch.c, do); ch.today.Before(from) {
		return from
	}
	return tiepdan.Date{}
}

func (ch chooser) label(do tiepdan.Action) string {
	if do == tiepdan.Assign && ch.c.Unit != 0 {
		return "act.reassign"
	}
	return "act." + string(do)
}
