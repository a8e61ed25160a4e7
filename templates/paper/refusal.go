package paper

import "time"

// RefusalData is the notice that somebody isn't received any more (form 01 of
// Circular 04/2021/TT-TTCP; Law on Reception of Citizens, article 9). Like the
// petition's form, an office's lawyer checks its words before it is used.
type RefusalData struct {
	Office     Office
	Letter     Letter
	On         time.Time // the day the citizen came
	Name       string
	Address    string
	Identity   string
	Matter     string
	Ground     string // "unfit", "disruptive", "final" or "other": the paragraphs of article 9
	GroundText string // the decision and the notice that ended the matter, or what happened
	At         time.Time
}

// Refusal returns the "Thông báo từ chối tiếp công dân", A4 pages.
func Refusal(d RefusalData) ([]byte, error) {
	d = scrubbed(d)
	d.Letter.Recipients = append([]string{}, d.Letter.Recipients...)
	return drawn(a4, "refusal.head", d, d.At, func(s *sheet) {
		s.opened(d.Office, d.Letter, s.say("refusal.title", nil), s.say("refusal.about", nil))
		for _, key := range []string{"refusal.came", "refusal.ground", "refusal.decided", "refusal.rights"} {
			s.para(body, runs("", s.say(key, d))...)
		}
		if len(d.Letter.Recipients) == 0 {
			d.Letter.Recipients = []string{s.say("refusal.citizen", d)}
		}
		s.signed(d.Letter)
	})
}
