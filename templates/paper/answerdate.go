package paper

import "time"

// AnswerDateData is the promise to answer by a day, which who receives a citizen
// makes where the matter can't be settled at once (Law on Reception of Citizens,
// article 18, paragraph 4). Whatever is empty or zero has no line.
type AnswerDateData struct {
	Office     Office
	Number     string // in the book
	Name       string
	Address    string
	Matter     string
	Body       string // who answers, if not the office itself
	CaseCode   string
	ReceivedOn time.Time
	AnswerBy   time.Time
	Source     string // where the law says so
	Receiver   string // who received and signs
	QR         string
	Bot        string // with its @
	At         time.Time
}

// AnswerDate returns the "Giấy hẹn trả lời", an A5 page.
func AnswerDate(d AnswerDateData) ([]byte, error) {
	d = scrubbed(d)
	return drawn(a5, "answer.title", d, d.At, func(s *sheet) {
		s.letterhead(headA5, d.Office, d.At)
		s.centred(s.left, s.width, s.y(), 7, run{"B", s.say("answer.title", d)}, 15)
		s.down(10)
		s.answerRows(d)
		s.answerBy(d)
		s.answerSign(d)
		s.findUs(d.Office, "answer.auto")
	})
}

func (s *sheet) answerRows(d AnswerDateData) {
	s.row("answer.name", d.Name)
	s.row("answer.address", d.Address)
	s.row("answer.received", s.flag("day", d.ReceivedOn, !d.ReceivedOn.IsZero()))
	s.row("answer.number", d.Number)
	s.row("answer.case", d.CaseCode)
	s.row("answer.matter", d.Matter)
	s.row("answer.body", d.Body)
	s.down(2)
}

// answerBy draws the day itself, with the QR code that leads to the answer.
func (s *sheet) answerBy(d AnswerDateData) {
	const size = 24.0
	w := s.width - 12
	if d.QR != "" {
		w -= size + 2
	}
	how, l := []run{{"", s.say("answer.how", d)}}, look{pt: 9, lead: 4}
	h := max(size+2, 18+l.lead*float64(len(s.typeset(how, l.pt, w))))
	s.room(h + 4)
	x, y := s.left, s.y()
	s.pdf.SetFillColor(244, 243, 239)
	s.pdf.RoundedRect(x, y, s.width, h, 2, "1234", "F")
	if d.QR != "" {
		s.qr(x+s.width-size-1, y+1, size, d.QR)
	}
	s.panelText(x+6, y+4, w, s.say("answer.by", nil), s.say("answer.day", d.AnswerBy), 16)
	s.pdf.SetXY(s.left, y+15.5)
	s.within(6, w, func() { s.para(l, how...) })
	s.pdf.SetXY(s.left, y+h+4)
}

// answerSign is where both sign: the citizen has got it, the receiver gave it.
func (s *sheet) answerSign(d AnswerDateData) {
	s.room(40)
	y, half := s.y(), s.width/2
	for i, who := range []struct{ key, name string }{{"answer.citizen", d.Name}, {"answer.receiver", d.Receiver}} {
		s.pdf.SetXY(s.left, y)
		s.within(float64(i)*half, half, func() {
			c := look{pt: 10.5, lead: 4.8, align: centre}
			s.para(c, run{"B", s.say(who.key, nil)})
			s.para(look{pt: 9, lead: 4.2, align: centre}, run{"I", s.say("answer.sign_how", nil)})
			s.down(18)
			if who.name != "" {
				s.para(c, run{"B", who.name})
			}
		})
	}
}
