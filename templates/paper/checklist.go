package paper

import "time"

// ChecklistData says what a complainant brings or sends along with the petition.
type ChecklistData struct {
	Office      Office
	Code        string
	Second      bool // a second complaint: the first decision goes along
	Authorised  bool // by somebody who was authorised, in writing and certified
	Lawful      bool // by a lawful representative, of a minor or an organisation
	Group       bool // by several people
	Attachments []string
	Appointment time.Time // of the reception that was booked; zero for none
	CreatedAt   time.Time
}

// Checklist returns "Giấy tờ cần mang theo", an A5 page to tick off.
func Checklist(d ChecklistData) ([]byte, error) {
	d = scrubbed(d)
	return drawn(a5, "checklist.title", d, d.CreatedAt, func(s *sheet) {
		s.letterhead(headA5, d.Office, d.CreatedAt)
		s.centred(s.left, s.width, s.y(), 7, run{"B", s.say("checklist.title", d)}, 15)
		s.down(8)
		if d.Code != "" {
			s.code = s.say("code", d.Code)
			s.centred(s.left, s.width, s.y(), 5, run{"", s.code}, 11)
			s.down(8)
		}
		for _, key := range d.items() {
			s.tick(s.say("checklist."+key, d))
		}
		for _, a := range d.Attachments {
			s.tick(s.say("checklist.attachment", a))
		}
		s.bring(d)
	})
}

func (d ChecklistData) items() []string {
	keys := []string{"petition", "identity"}
	for _, c := range []struct {
		wanted bool
		key    string
	}{
		{d.Second, "first_decision"}, {d.Authorised, "authorisation"},
		{d.Lawful, "lawful"}, {d.Group, "group"}, {true, "decision"},
	} {
		if c.wanted {
			keys = append(keys, c.key)
		}
	}
	return keys
}

// tick is one line with a box before it.
func (s *sheet) tick(text string) {
	s.room(6)
	s.pdf.SetLineWidth(0.3)
	s.pdf.Rect(s.left, s.y()+0.9, 3.6, 3.6, "D")
	s.within(7, s.width-7, func() { s.para(look{pt: 11.5, lead: 5.4, after: 2}, runs("", text)...) })
}

// bring says where, and when, all this is handed in.
func (s *sheet) bring(d ChecklistData) {
	l := look{pt: 11, lead: 5.2}
	s.heading("checklist.where")
	s.para(l, run{"B", d.Office.Name})
	s.contact(l, d.Office)
	if !d.Appointment.IsZero() {
		s.down(1)
		s.para(l, runs("", s.say("checklist.appointment", d.Appointment))...)
	}
	s.down(2)
	s.para(look{pt: 10, lead: 4.7, align: justified}, run{"I", s.say("checklist.note", nil)})
}
