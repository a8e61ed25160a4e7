package bot

import (
	"strings"

	"tiepdan"
)

// menu shows the person's menu: the officer's for staff, unless they look at
// the citizens' side.
func (s *step) menu() {
	if s.staffSide() {
		s.show(s.workMenu())
		return
	}
	var rows [][]Button
	if d := s.t.Draft; d != nil {
		rows = append(rows, rowOf("resume/"+d.ID), rowOf("drop/"+d.ID))
	}
	rows = append(rows, rowOf("submit"), rowOf("track", "mycases"), rowOf("schedule", "book"), row(button("help"), s.otherLanguage()))
	if s.w.Staff != nil {
		rows = append(rows, rowOf("staff"))
	}
	s.show(Reply{Key: "menu", Args: s.office(), Buttons: rows})
}

// otherLanguage switches to the language that isn't spoken now. Its label is in
// that language.
func (s *step) otherLanguage() Button {
	if s.w.Language() == tiepdan.English {
		return speak(tiepdan.Vietnamese)
	}
	return speak(tiepdan.English)
}

func speak(lang tiepdan.Language) Button {
	return Button{ID: "speak/" + string(lang), Key: "button.speak_" + string(lang), Args: Args{}}
}

// office is what messages say of the office.
func (s *step) office() Args { return officeArgs(s.w.Rules, s.t.Draft != nil) }

func officeArgs(r *tiepdan.Rules, draft bool) Args {
	o := r.Office
	return Args{"Name": o.Name, "Address": o.Address, "Phone": o.Phone, "Email": o.Email, "Website": o.Website,
		"Rules": o.Rules, "Contact": o.PrivacyContact, "Hours": o.Hours, "Sample": o.Sample, "Draft": draft}
}

// command takes a slash command; it reports whether it is one that we know.
func (s *step) command() bool {
	switch s.ev.Command {
	case "start":
		if s.ev.Payload != "" && s.link(s.ev.Payload) {
			return true
		}
		s.home()
	case "menu", "cancel":
		s.home()
	case "submit", "track", "mycases", "schedule", "book", "help", "language", "privacy":
		done, _ := s.lasting(s.ev.Command)
		return done
	default:
		return false
	}
	return true
}

// home leads to the menu from wherever the person is, and says what became of
// what was under way.
func (s *step) home() {
	if s.t.Scene == InPetition {
		if s.dropEmpty(); s.t.Draft != nil {
			s.toast("draft.kept", nil)
		}
	}
	s.leave()
	s.menu()
}

// dropEmpty forgets a draft in which nothing was told yet: there is nothing to
// go on with.
func (s *step) dropEmpty() {
	if d := s.t.Draft; d != nil && !s.t.Secured && d.Field == "" && d.Person.Name == "" && len(d.Content)+len(d.Files) == 0 {
		s.t.drop()
	}
}

// link follows what stood behind /start.
func (s *step) link(payload string) bool {
	what, token, ok := strings.Cut(payload, "_")
	whole := token != "" && len(token) <= 128
	switch {
	case !ok || !whole && what != "join" && what != "book":
		return false
	case !whole && what == "join": // cut off on its way
		s.leave()
		s.say("join.unknown", nil)
		s.menu()
		return true
	}
	switch what {
	case "join":
		s.t.leave()
		s.cmd = Join{Token: token}
	case "case":
		s.t.leave()
		s.cmd = FollowToken{Token: token}
	case "book":
		s.t.leave()
		s.openSession()
	default:
		return false
	}
	return true
}

// lasting takes the choices that are good at any time. It reports whether id is one.
func (s *step) lasting(id string) (bool, error) {
	what, rest, _ := strings.Cut(id, "/")
	switch what {
	case "menu":
		s.home()
	case "submit":
		s.begin()
	case "resume":
		s.resume(rest)
	case "drop", "dropped":
		s.dropDraft(what, rest)
	case "track":
		s.leave()
		s.t.Scene = InTracking
		s.show(s.trackScreen())
	case "speak":
		s.leave()
		s.cmd = Speak{Language: tiepdan.Language(rest)}
	case "citizen", "staff":
		if s.w.Staff == nil {
			return false, nil
		}
		s.leave()
		s.t.AsCitizen = what == "citizen"
		s.menu()
	case "case", "work":
		return true, s.aboutChoice(id)
	case "session":
		return true, s.sessionChoice(id)
	case "visit":
		return true, s.visitChoice(id)
	case "order":
		return true, s.orderChoice(id)
	case "ics":
		s.leave()
		s.show(Reply{Key: "schedule.ics", Args: Args{}, Papers: []Paper{{Kind: "ics"}}, Buttons: [][]Button{rowOf("schedule", "menu")}})
	default:
		if !s.isQuestion(id) {
			return false, nil
		}
		s.leave()
		if !s.ask(id) {
			s.menu()
		}
	}
	return true, nil
}

// aboutChoice takes a button about a case, if that is the case that the event points at.
func (s *step) aboutChoice(id string) error {
	a := s.w.About
	if n := caseOf(id); n == 0 || a == nil || a.Gone || a.Case.ID != n {
		s.toast("case.gone", nil)
		s.present()
		return nil
	}
	if forWork(id) {
		return s.workChoice(id)
	}
	return s.citizenChoice(id)
}

// isQuestion reports whether id is something that is only looked at.
func (s *step) isQuestion(id string) bool {
	what, _, _ := strings.Cut(id, "/")
	switch what {
	case "mycases", "schedule", "book", "visits", "help", "rules", "language", "privacy":
		return true
	case "list", "orders":
		return s.w.Staff != nil
	}
	return false
}

// ask answers a question: it shows something and changes nothing.
func (s *step) ask(id string) bool {
	what, rest, _ := strings.Cut(id, "/")
	s.t.View = id
	switch what {
	case "mycases":
		s.cmd = ShowCases{Page: pageOf(rest)}
	case "schedule", "book":
		s.cmd = ShowSchedule{Book: what == "book", Page: pageOf(rest)}
	case "visits":
		s.cmd = ShowVisits{}
	case "orders":
		s.cmd = ShowOrders{After: rest}
	case "session":
		return s.askSession(id)
	case "visit":
		return s.askVisit(id)
	case "order":
		return s.askOrder(id)
	case "privacy":
		s.cmd = ShowPersonalData{}
	case "help":
		s.show(Reply{Key: "help", Args: s.office(), Buttons: [][]Button{rowOf("rules", "schedule"), rowOf("submit", "menu")}})
	case "rules":
		s.show(Reply{Key: "help.rules", Args: s.office(), Buttons: [][]Button{rowOf("help", "menu")}})
	case "language":
		s.show(Reply{Key: "language", Args: Args{}, Buttons: [][]Button{
			row(speak(tiepdan.Vietnamese), speak(tiepdan.English)), rowOf("menu")}})
	case "case":
		return s.askCase(id)
	case "work", "list":
		return s.askWork(id)
	default:
		s.t.View = ""
		return false
	}
	return true
}
