package bot

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"tiepdan"
)

// bookingQuestions are a booking's in their order. None asks for what kind of
// matter somebody comes with: who comes to denounce isn't to be told from others.
func bookingQuestions() []question {
	return []question{
		{ID: "consent", Asked: asksConsent, Screen: consentScreen, Take: takeConsent},
		{ID: "purpose", Screen: purposeScreen, Take: takePurpose, Typed: true},
		{ID: "name", Asked: asksName, Screen: nameScreen, Take: takeName},
		{ID: "confirm", Screen: confirmScreen, Take: takeConfirm},
	}
}

func bookingStep(id string) (question, bool) {
	qs := bookingQuestions()
	if i := slices.IndexFunc(qs, func(q question) bool { return q.ID == id }); i >= 0 {
		return qs[i], true
	}
	return question{}, false
}

// beginBooking asks for a place at the session that the event points at.
func (s *step) beginBooking() {
	m := s.w.Meeting
	if m.Visit != nil && alive(m.Visit.Appointment) {
		s.leave()
		s.say("booking.twice", nil)
		s.t.View = "visit/" + itoa64(m.Visit.ID) + "/show"
		s.show(visitScreen(s.w, *m.Visit))
		return
	}
	if err := m.Session.Bookable(s.w.Now); err != nil {
		s.leave()
		if e, ok := errors.AsType[*tiepdan.Error](err); ok {
			s.excuse(e)
		}
		s.ask("session/" + itoa64(m.Session.ID) + "/show")
		return
	}
	if s.t.Scene == InBooking { // begun anew: nothing is left behind
		s.t.leave()
	}
	s.leave()
	s.t.AsCitizen = s.w.Staff != nil
	s.t.Scene, s.t.Booking = InBooking, &Booking{Session: m.Session.ID, Ref: s.w.ID}
	s.enterBooking("consent")
}

// enterBooking puts the named question, or the first after it that is needed.
func (s *step) enterBooking(id string) {
	qs := bookingQuestions()
	i := max(0, slices.IndexFunc(qs, func(q question) bool { return q.ID == id }))
	for i < len(qs)-1 && qs[i].Asked != nil && !qs[i].Asked(s.w, s.t) {
		i++
	}
	s.t.Step = qs[i].ID
	s.t.Rev++
	s.showBooking()
}

// showBooking shows the question that the booking stands at.
func (s *step) showBooking() {
	q, ok := bookingStep(s.t.Step)
	if !ok || !s.booking() {
		s.lostBooking()
		return
	}
	s.show(q.Screen(s.w, s.t))
}

// booking reports whether a booking is under way whose session is there.
func (s *step) booking() bool {
	m := s.w.Meeting
	return s.t.Booking != nil && m != nil && !m.Gone && m.Session.ID == s.t.Booking.Session
}

func (s *step) lostBooking() {
	s.t.leave()
	s.say("session.gone", nil)
	s.menu()
}

// answerBooking takes whatever came while a booking is under way.
func (s *step) answerBooking() error {
	q, ok := bookingStep(s.t.Step)
	if !ok || !s.booking() {
		s.lostBooking()
		return nil
	}
	if s.ev.Choice == "back" {
		s.backBooking()
		return nil
	}
	if files := s.looseFiles(); len(files) > 0 { // a place takes none: they may become a submission
		s.t.Words.Files = append(s.t.Words.Files, files...)
		s.say("booking.files", nil)
	}
	more, err := q.Take(s)
	if err != nil || more || s.t.Scene != InBooking || s.t.Step != q.ID {
		return err
	}
	qs := bookingQuestions()
	i := slices.IndexFunc(qs, func(b question) bool { return b.ID == q.ID })
	s.enterBooking(qs[i+1].ID)
	return nil
}

// backBooking goes to the question before, and from the first to the session.
func (s *step) backBooking() {
	qs := bookingQuestions()
	i := slices.IndexFunc(qs, func(q question) bool { return q.ID == s.t.Step })
	for i--; i >= 0; i-- {
		if q := qs[i]; q.ID != "consent" && (q.Asked == nil || q.Asked(s.w, s.t)) {
			s.enterBooking(q.ID)
			return
		}
	}
	session := s.t.Booking.Session
	s.leave()
	s.ask("session/" + itoa64(session) + "/show")
}

// purposeScreen asks what somebody comes for: a line, a case of theirs, or nothing.
func purposeScreen(w World, t Talk) Reply {
	var rows [][]Button
	for _, c := range w.Meeting.Cases {
		rows = append(rows, row(Button{ID: "about/" + itoa64(c.ID), Key: "button.case_line", Args: caseArgs(w.Rules, w.Language(), c)}))
	}
	if len(t.Words.Passages)+len(t.Words.Files) > 0 {
		rows = append(rows, rowOf("submit"))
	}
	args := sessionArgs(w, w.Meeting.Session)
	args["Max"], args["Cases"] = tiepdan.MaxPurpose, len(w.Meeting.Cases)
	return Reply{Key: "booking.purpose", Args: args, Buttons: append(rows, rowOf("skip"), rowOf("back", "menu"))}
}

func takePurpose(s *step) (bool, error) {
	b := s.t.Booking
	if id, ok := choice(s.ev.Choice, "about"); ok {
		for _, c := range s.w.Meeting.Cases {
			if itoa64(c.ID) == id {
				b.Purpose, b.Message, b.Case, b.Code = "", "", c.ID, string(c.Code)
				return false, nil
			}
		}
	}
	if s.ev.Choice == "skip" {
		b.Purpose, b.Message, b.Case, b.Code = "", "", 0, ""
		return false, nil
	}
	if s.ev.Choice == "" && s.purpose() {
		return false, nil
	}
	s.showBooking()
	return true, nil
}

// purpose takes the message as what the person comes for. What is too long for a
// line is kept aside: it may become a submission.
func (s *step) purpose() bool {
	text := strings.Join(strings.Fields(tiepdan.Clean(s.ev.Text)), " ")
	if text == "" {
		return false
	}
	s.emergency(text)
	if n := utf8.RuneCountInString(text); n > tiepdan.MaxPurpose {
		w := &s.t.Words
		if length(w.Passages)+utf8.RuneCountInString(s.ev.Text) <= looseLimit {
			w.Passages = append(w.Passages, tiepdan.Passage{Ref: s.ev.Message, Text: tiepdan.Clean(s.ev.Text), At: s.ev.At})
		}
		s.say("booking.purpose_aside", Args{"Max": tiepdan.MaxPurpose})
		return false
	}
	b := s.t.Booking
	b.Purpose, b.Message, b.Case, b.Code = text, s.ev.Message, 0, ""
	return true
}

// asksName: who wants a name on the slip says so where it is confirmed.
func asksName(_ World, t Talk) bool { return t.Booking != nil && t.Booking.Naming }

func nameScreen(w World, t Talk) Reply {
	return Reply{Key: "booking.name", Args: Args{}, Buttons: [][]Button{rowOf("unnamed"), rowOf("back", "menu")}}
}

func takeName(s *step) (bool, error) {
	b := s.t.Booking
	switch {
	case s.ev.Choice == "unnamed":
		b.Name, b.Naming = "", false
	case s.ev.Choice == "" && strings.TrimSpace(s.ev.Text) != "":
		var p tiepdan.Petition
		if err := p.SetName(s.ev.Text); err != nil {
			return true, err
		}
		b.Name, b.Naming = p.Person.Name, false
	default:
		s.showBooking()
		return true, nil
	}
	return false, nil
}

// confirmScreen shows what would be booked.
func confirmScreen(w World, t Talk) Reply {
	b := t.Booking
	args := sessionArgs(w, w.Meeting.Session)
	args["Purpose"], args["Code"], args["Person"] = b.Purpose, b.Code, b.Name
	args["Name"], args["Address"] = w.Rules.Office.Name, w.Rules.Office.Address
	rows := [][]Button{rowOf("book_yes")}
	if w.Meeting.Session.Full() {
		rows = [][]Button{rowOf("book_wait")}
	}
	return Reply{Key: "booking.confirm", Args: args, Buttons: append(rows, nameRow(w, b), rowOf("back", "menu"))}
}

// nameRow puts a name on the slip, or takes it off again: nobody's is taken along
// unless they say so.
func nameRow(w World, b *Booking) []Button {
	switch known := w.Account.Person.Name; {
	case b.Name != "":
		return rowOf("unnamed")
	case known != "":
		return row(Button{ID: "with_name", Key: "button.with_name", Args: known})
	}
	return rowOf("give_name")
}

// takeConfirm books. Words that come here are what the person comes for.
func takeConfirm(s *step) (bool, error) {
	b := s.t.Booking
	switch s.ev.Choice {
	case "book_yes", "book_wait":
		s.cmd = BookVisit{Booking: tiepdan.Booking{Session: b.Session, Ref: b.Ref, Name: b.Name, Purpose: b.Purpose, Case: b.Case,
			Wait: s.ev.Choice == "book_wait", Peer: s.ev.From, Actor: citizen}}
		return true, nil
	case "with_name":
		b.Name = s.w.Account.Person.Name
		s.t.Rev++
	case "unnamed":
		b.Name = ""
		s.t.Rev++
	case "give_name":
		b.Naming = true
		s.enterBooking("name")
		return true, nil
	case "":
		if s.purpose() {
			s.t.Rev++
		}
	}
	s.showBooking()
	return true, nil
}

// editedPurpose takes a changed message that said what the person comes for.
func (s *step) editedPurpose() bool {
	b := s.t.Booking
	if b == nil || s.t.Scene != InBooking || b.Message == "" || b.Message != s.ev.Message || !s.booking() {
		return false
	}
	if s.purpose() {
		s.t.Rev++
		s.say("petition.edited", nil)
	}
	s.showBooking()
	return true
}
