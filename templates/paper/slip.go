package paper

import (
	"fmt"
	"time"
)

// SlipData is an appointment as its citizen keeps it. Whatever is empty or zero
// has no line.
type SlipData struct {
	Office   Office
	Meeting  Meeting
	Number   int       // the place; 0: on the waiting list
	Position int       // on the waiting list
	Expected time.Time // when its turn is expected
	Name     string
	Purpose  string
	CaseCode string
	Code     string   // to check in with, where the QR code can't be read
	Bring    []string // further papers, after those that everybody brings
	Rules    string   // the office's nội quy; empty: the law's in short
	QR       string   // what the QR code opens; empty for none
	At       time.Time
}

// Slip returns the "Phiếu hẹn tiếp công dân", an A5 page, set closer where that
// saves a second one.
func Slip(d SlipData) ([]byte, error) {
	d = scrubbed(d)
	pdf, pages, err := slip(d, 1)
	if err != nil || pages == 1 {
		return pdf, err
	}
	pdf, _, err = slip(d, tight)
	return pdf, err
}

// slip draws d with its running text scaled by k.
func slip(d SlipData, k float64) (pdf []byte, pages int, err error) {
	pdf, err = drawn(a5, "slip.title", d, d.At, func(s *sheet) {
		s.k = k
		s.letterhead(headA5, d.Office, d.At)
		s.centred(s.left, s.width, s.y(), 7, run{"B", s.say("slip.title", d)}, 15)
		s.down(9)
		s.slipPlace(d)
		s.slipRows(d)
		s.slipRules(d)
		s.findUs(d.Office, "slip.auto")
		pages = s.pdf.PageCount()
	})
	return pdf, pages, err
}

// slipPlace draws the panel with the number, the expected time and the QR code.
func (s *sheet) slipPlace(d SlipData) {
	const h, size = 30.0, 27.0
	x, y := s.left, s.y()
	s.pdf.SetFillColor(244, 243, 239)
	s.pdf.RoundedRect(x, y, s.width, h, 2, "1234", "F")
	w := s.width - 12
	if d.QR != "" {
		w -= size + 2
		s.qr(x+s.width-size-2, y+1.5, size, d.QR)
	}
	label, number := "slip.number", d.Number
	if d.Number == 0 {
		label, number = "slip.waiting", d.Position
	}
	if number > 0 {
		s.panelText(x+6, y+3.2, w*0.36, s.say(label, nil), fmt.Sprintf("%02d", number), 30)
	}
	s.panelText(x+6+w*0.4, y+3.2, w*0.6, s.say("slip.expected", nil), s.expected(d), 22)
	if d.Code != "" {
		s.panelText(x+6, y+18.8, w, s.say("slip.code", nil), d.Code, 14)
	}
	s.pdf.SetXY(s.left, y+h+2)
}

func (s *sheet) expected(d SlipData) string {
	if d.Number == 0 {
		return s.say("slip.unsure", nil)
	}
	return s.hour(d.Expected)
}

func (s *sheet) slipRows(d SlipData) {
	m := d.Meeting
	if m.Cancelled {
		s.row("slip.status", s.say("meeting.cancelled", m))
	}
	s.row("slip.name", d.Name)
	s.row("slip.session", m.Kind)
	if !m.Starts.IsZero() {
		s.row("meeting.time", s.say("meeting.when", m))
	}
	s.row("meeting.place", s.where(m))
	s.row("meeting.presides", s.presides(m))
	s.row("slip.purpose", d.Purpose)
	s.row("slip.case", d.CaseCode)
	s.down(0.5)
}

// slipRules says what to bring and how a citizen behaves.
func (s *sheet) slipRules(d SlipData) {
	l := s.scaled(look{pt: 9.5, lead: 4.2, after: 0.5, align: justified})
	if d.Number == 0 && d.Position > 0 {
		s.para(l, runs("", s.say("slip.waiting_how", d))...)
	}
	s.heading("slip.bring")
	for _, key := range []string{"slip.identity", "slip.papers", "slip.authority"} {
		s.point(l, s.say(key, nil))
	}
	for _, b := range d.Bring {
		s.point(l, b)
	}
	s.heading("slip.rules")
	if d.Rules == "" {
		d.Rules = s.say("slip.rules_law", nil)
	}
	s.para(l, run{"", d.Rules})
}

// point is one line of a list.
func (s *sheet) point(l look, text string) {
	s.room(l.lead)
	s.pdf.SetFont(family, "", l.pt)
	s.pdf.Text(s.left, s.y()+l.lead*0.72, "–")
	s.within(4, s.width-4, func() { s.para(l, runs("", text)...) })
}
