package paper

import (
	"strings"
	"time"
)

// Letter is what makes a sheet an official one by Decree 30/2020: its number and
// day, who signs it and who gets it. What is empty is left open for a hand.
type Letter struct {
	Number     string // "12/TB-BTCD"
	Date       time.Time
	Signer     string
	SignerRole string   // "KT. CHỦ TỊCH", a newline, "PHÓ CHỦ TỊCH"
	Recipients []string // Nơi nhận, without the archive's line
}

// opened draws the head of an official letter, its kind and what it is about.
func (s *sheet) opened(o Office, l Letter, title, about string) {
	s.numbered(headA4, o, s.say("letter.number", l.Number), l.Date)
	s.down(3)
	s.entitled(title, about)
}

// entitled draws a title and the lines under it, with the rule that ends them.
func (s *sheet) entitled(title, about string) {
	s.centred(s.left, s.width, s.y(), 7, run{"B", title}, 15)
	s.down(7.5)
	if about != "" {
		s.para(look{pt: 13.5, lead: 6.2, align: centre}, run{"B", about})
	}
	s.rule(s.middle, s.y()+1, 40)
	s.down(5)
}

// signed draws who gets the letter and, beside it, the place of its signature.
func (s *sheet) signed(l Letter) {
	list := s.say("letter.recipients", l.Recipients)
	small := look{pt: 11, lead: 4.8}
	half := s.width * 0.5
	high := max(52, float64(len(s.typeset([]run{{"", list}}, small.pt, half-4)))*small.lead+10)
	s.room(min(high, s.bottom-s.top))
	s.down(4)
	y := s.y()
	s.within(half, s.width-half, func() {
		c := look{pt: 13.5, lead: 6.2, align: centre}
		role := l.SignerRole
		if role == "" {
			role = s.say("letter.role", nil)
		}
		s.para(c, run{"B", strings.ToUpper(role)})
		s.down(26)
		if l.Signer != "" {
			s.para(c, run{"B", l.Signer})
		}
	})
	end := s.y()
	s.pdf.SetXY(s.left, y)
	s.within(0, half-4, func() {
		s.para(look{pt: 12, lead: 5.2}, run{"BI", s.say("letter.to", nil)})
		s.para(small, run{"", list})
	})
	s.pdf.SetXY(s.left, max(end, s.y()))
}
