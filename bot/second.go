package bot

import (
	"tiepdan"
)

// beginSecond opens the second round of a case: khiếu nại lần hai, or tố cáo
// tiếp. What is known of the first is offered; the words are new ones.
func (s *step) beginSecond(c tiepdan.Case) {
	next, ok := tiepdan.NextRound(c, s.w.Rules, tiepdan.DateOf(s.w.Now))
	switch {
	case !ok:
		s.t.leave()
		s.say("case.second_not", s.caseArgs(c))
		s.ask("case/" + itoa64(c.ID) + "/show")
		return
	case s.t.Draft != nil && s.t.Draft.Earlier == c.ID:
		s.resume(s.t.Draft.ID)
		return
	case s.t.Draft != nil:
		s.begin() // what is half written isn't lost for it
		return
	}
	s.t.leave()
	s.t.AsCitizen = s.w.Staff != nil
	d := &tiepdan.Petition{ID: s.w.ID, Begun: s.w.Now}
	if err := d.SetKind(s.w.Rules.Kind(c.Kind)); err != nil { // a kind that the office takes no more
		s.menu()
		return
	}
	d.Field, d.Place, d.Earlier = c.Field, c.Place, c.ID
	if f, _ := s.w.Rules.Field(c.Field); !f.Offered(c.Kind) {
		d.Field = ""
	}
	s.t.Draft = d
	if !d.Sealed() {
		_ = d.SetRespondent(resolver(s.w, c), "")
	}
	s.t.Scene, s.t.Follows = InPetition, string(c.Code)
	s.t.Asked, s.t.Secured, s.t.Alike = false, false, nil
	s.say("petition.second", Args{"Code": string(c.Code), "Sealed": d.Sealed(), "By": next.By, "HasBy": !next.By.IsZero(), "Late": next.Late,
		"Answered": !c.Status.Open(), "Name": s.w.Rules.Office.Name, "Address": s.w.Rules.Office.Address})
	s.goTo(s.firstOpen())
}

// resolver is who a second complaint is about: whoever answered the first.
func resolver(w World, c tiepdan.Case) string {
	name := w.Rules.Office.Name
	if u, ok := w.Rules.Unit(c.Unit); ok {
		name = u.Name
	}
	for i := len(c.History) - 1; i >= 0; i-- {
		e := c.History[i]
		if e.Details.Document != "" && (e.Do == tiepdan.Answer || e.Do == tiepdan.Approve || e.Do == tiepdan.RecordDocument) {
			return name + ", " + e.Details.Document
		}
	}
	return name
}
