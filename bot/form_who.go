package bot

import (
	"strconv"
	"strings"

	"tiepdan"
)

// asksWho: never of a denouncer, and not of those who told it on the secure page.
func asksWho(_ World, t Talk) bool { return !t.Draft.Sealed() && !t.Secured }

func asksPhone(w World, t Talk) bool { return asksWho(w, t) && !t.Draft.Anonymous }

// asksFor: a complaint says for whom it speaks; of the others it stands in the
// review and may be changed there.
func asksFor(_ World, t Talk) bool { return t.Draft.Kind == tiepdan.KhieuNai }

func whoScreen(w World, t Talk) Reply {
	var rows [][]Button
	if name := w.Account.Person.Name; name != "" {
		rows = append(rows, row(Button{ID: "use_name", Key: "button.use", Args: name}))
	}
	if t.Draft.Kind == tiepdan.PhanAnh {
		rows = append(rows, rowOf("unnamed"))
	}
	return Reply{Key: "petition.who", Args: Args{"Kind": string(t.Draft.Kind), "Name": t.Draft.Person.Name},
		Buttons: append(rows, rowOf("secure"), rowOf("back"))}
}

func takeWho(s *step) (bool, error) {
	d := s.t.Draft
	switch s.ev.Choice {
	case "use_name":
		return s.named(s.w.Account.Person.Name)
	case "unnamed":
		s.t.Secured = false
		return false, d.StayUnnamed()
	case "secure":
		s.cmd = LinkSecure{Draft: d.ID}
		return true, nil
	}
	if strings.TrimSpace(s.ev.Text) == "" {
		s.showStep()
		return true, nil
	}
	return s.named(s.ev.Text)
}

// named takes a name. Those who were unnamed until then are asked for a number too.
func (s *step) named(name string) (bool, error) {
	d := s.t.Draft
	unnamed := d.Anonymous
	if err := d.SetName(name); err != nil {
		return true, err
	}
	if s.t.Secured = false; s.t.Editing && unnamed {
		s.enter("phone")
		return true, nil
	}
	return false, nil
}

func phoneScreen(w World, t Talk) Reply {
	var rows [][]Button
	if phone := w.Account.Person.Phone; phone != "" {
		rows = append(rows, row(Button{ID: "use_phone", Key: "button.use", Args: phone}))
	}
	rows = append(rows, rowOf("share_phone"))
	return Reply{Key: "petition.phone", Args: Args{"Name": t.Draft.Person.Name, "Phone": t.Draft.Person.Phone},
		Buttons: append(rows, rowOf("skip"), rowOf("back"))}
}

func takePhone(s *step) (bool, error) {
	d := s.t.Draft
	switch {
	case s.ev.Choice == "use_phone":
		return false, d.SetPhone(s.w.Account.Person.Phone)
	case s.ev.Choice == "skip":
		return false, nil
	case s.ev.Choice == "share_phone":
		s.t.Keys = true
		s.show(Reply{Key: "petition.share_phone", Args: Args{},
			Keyboard: &Keyboard{Rows: [][]Key{{{Key: "key.phone", Phone: true}}, {{Key: "button.skip"}}, {{Key: "button.back"}}}}})
		return true, nil
	case s.ev.Phone != "" && !s.ev.OwnPhone:
		s.say("petition.phone_other", nil)
		s.showStep()
		return true, nil
	case s.ev.Phone != "":
		return false, d.SetPhone(s.ev.Phone)
	case strings.TrimSpace(s.ev.Text) != "":
		return false, d.SetPhone(s.ev.Text)
	}
	s.showStep()
	return true, nil
}

func forScreen(_ World, t Talk) Reply {
	return Reply{Key: "petition.for", Args: Args{"Kind": string(t.Draft.Kind)},
		Buttons: [][]Button{rowOf("for_self"), rowOf("for_other"), rowOf("for_many"), rowOf("back")}}
}

func takeFor(s *step) (bool, error) {
	switch s.ev.Choice {
	case "for_self":
		s.t.Asked = true
		return false, s.t.Draft.SetGroup(tiepdan.Group{})
	case "for_other":
		s.goTo("behalf")
	case "for_many":
		s.goTo("people")
	default:
		s.showStep()
	}
	return true, nil
}

func behalfScreen(_ World, t Talk) Reply {
	return Reply{Key: "petition.behalf", Args: Args{"Kind": string(t.Draft.Kind)}, Buttons: [][]Button{rowOf("back")}}
}

func takeBehalf(s *step) (bool, error) {
	name, ok := s.line()
	if !ok {
		s.showStep()
		return true, nil
	}
	if err := s.t.Draft.SetGroup(tiepdan.Group{OnBehalf: name}); err != nil {
		return true, err
	}
	s.goTo("basis")
	return true, nil
}

// basisScreen asks by what right somebody speaks for another: it decides which
// paper goes with the petition.
func basisScreen(_ World, t Talk) Reply {
	var rows [][]Button
	for _, b := range tiepdan.Bases() {
		rows = append(rows, row(Button{ID: "basis/" + b, Key: "button.basis_" + b, Args: Args{}}))
	}
	return Reply{Key: "petition.basis", Args: Args{"OnBehalf": t.Draft.Group.OnBehalf}, Buttons: append(rows, rowOf("back"))}
}

func takeBasis(s *step) (bool, error) {
	basis, ok := choice(s.ev.Choice, "basis")
	if !ok || s.t.Draft.Group.OnBehalf == "" {
		s.showStep()
		return true, nil
	}
	g := s.t.Draft.Group
	g.Basis = basis
	if err := s.t.Draft.SetGroup(g); err != nil {
		return true, err
	}
	return s.grouped()
}

// grouped ends the side rooms of "for whom".
func (s *step) grouped() (bool, error) {
	s.t.Asked = true
	s.t.Step = "for"
	s.onward()
	return true, nil
}

func peopleScreen(World, Talk) Reply {
	return Reply{Key: "petition.people", Args: Args{}, Buttons: [][]Button{rowOf("back")}}
}

func takePeople(s *step) (bool, error) {
	n, err := strconv.Atoi(tiepdan.Fold(s.ev.Text))
	if err != nil || n < 2 {
		s.say("petition.people_number", nil)
		s.showStep()
		return true, nil
	}
	if err := s.t.Draft.SetGroup(tiepdan.Group{People: n}); err != nil {
		return true, err
	}
	if tiepdan.MaxRepresentatives(n) == 1 {
		return s.grouped()
	}
	s.goTo("signers")
	return true, nil
}

func signersScreen(_ World, t Talk) Reply {
	g := t.Draft.Group
	rows := [][]Button{rowOf("back")}
	if len(g.Representatives) > 0 {
		rows = [][]Button{rowOf("done"), rowOf("back")}
	}
	return Reply{Key: "petition.signers", Buttons: rows,
		Args: Args{"People": g.People, "Max": tiepdan.MaxRepresentatives(g.People), "Names": g.Representatives}}
}

func takeSigners(s *step) (bool, error) {
	g := s.t.Draft.Group
	if s.ev.Choice == "done" && len(g.Representatives) > 0 {
		return s.grouped()
	}
	for line := range strings.SplitSeq(tiepdan.Clean(s.ev.Text), "\n") {
		if name := strings.Join(strings.Fields(line), " "); name != "" {
			g.Representatives = append(g.Representatives, name)
		}
	}
	if err := s.t.Draft.SetGroup(g); err != nil {
		return true, err
	}
	if len(g.Representatives) >= tiepdan.MaxRepresentatives(g.People) {
		return s.grouped()
	}
	s.showStep()
	return true, nil
}

// filled goes on after the secure page was sent.
func (s *step) filled() error {
	d := s.t.Draft
	if d == nil || d.ID != s.ev.Form || d.Sealed() {
		return nil // the draft is gone, and the page's data goes with it
	}
	s.t.Secured = true
	d.Person, d.Anonymous = tiepdan.Person{}, false
	s.t.leave()
	s.t.Scene = InPetition
	s.say("petition.secured", nil)
	if complains(s.w, s.t) && !s.t.Asked {
		s.goTo("for")
		return nil
	}
	s.goTo(s.firstOpen())
	return nil
}
