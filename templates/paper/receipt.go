package paper

import (
	"strings"
	"time"
)

// ReceiptData is what a receipt shows. Kind, Field and Where are Vietnamese words
// as the caller has them; whatever is empty or zero has no line.
type ReceiptData struct {
	Office     Office
	Mode       Mode
	Code       string
	PIN        string // six digits
	From       string // who sent it; never printed in Guide
	Kind       string
	Field      string
	Where      string
	ReceivedAt time.Time
	LegalDay   time.Time // the day that periods are counted from, if not the day of ReceivedAt
	Number     string    // in the book, once it has one
	Files      int
	AnswerBy   time.Time // the day by which the office says whether it takes the case
	Term       string    // that period: "10 ngày làm việc"
	Source     string    // where the law says so: "Điều 28 Luật Tiếp công dân"
	QR         string    // what the QR code opens; empty for none
	Bot        string    // the bot's name, with its @
	Site       string    // the page where cases are looked up, if there is one
}

// Receipt returns the "Phiếu tiếp nhận thông tin", an A5 page; it is set closer when it
// would need another for its last lines.
func Receipt(d ReceiptData) ([]byte, error) {
	d = scrubbed(d)
	if d.Mode == Guide {
		d.From = "" // who informs of a wrong is named on no paper of ours
	}
	pdf, pages, err := receipt(d, 1)
	if err != nil || pages == 1 {
		return pdf, err
	}
	pdf, _, err = receipt(d, tight)
	return pdf, err
}

func receipt(d ReceiptData, k float64) (pdf []byte, pages int, err error) {
	pdf, err = drawn(a5, "receipt.title", d, d.ReceivedAt, func(s *sheet) {
		s.k = k
		s.letterhead(headA5, d.Office, d.ReceivedAt)
		s.centred(s.left, s.width, s.y(), 7, run{"B", s.say("receipt.title", d)}, 15)
		s.down(9.5)
		s.receiptCode(d)
		s.receiptRows(d)
		s.receiptNext(d)
		s.findUs(d.Office, "receipt.auto")
		pages = s.pdf.PageCount()
	})
	return pdf, pages, err
}

// receiptCode draws the panel with the code, the PIN and the QR code.
func (s *sheet) receiptCode(d ReceiptData) {
	const h, size = 29.0, 26.0
	x, y := s.left, s.y()
	s.pdf.SetFillColor(244, 243, 239)
	s.pdf.RoundedRect(x, y, s.width, h, 2, "1234", "F")
	textW := s.width - 12
	if d.QR != "" {
		textW -= size + 2
		s.qr(x+s.width-size-2, y+1.5, size, d.QR)
	}
	at := y + 3.2
	if d.PIN == "" {
		at = y + 8
	}
	s.panelText(x+6, at, textW, s.say("receipt.code", d), d.Code, 22)
	if d.PIN != "" {
		s.panelText(x+6, y+16.4, textW, s.say("receipt.pin", d), spaced(d.PIN), 15)
	}
	s.pdf.SetXY(s.left, y+h+2.5)
}

// panelText writes a small label and a large value under it.
func (s *sheet) panelText(x, y, w float64, label, value string, pt float64) {
	s.grey()
	s.pdf.SetFont(family, "", 7.5)
	s.pdf.Text(x, y+2, label)
	s.black()
	s.pdf.SetFont(family, "B", pt)
	for pt > 8 && s.pdf.GetStringWidth(value) > w {
		pt--
		s.pdf.SetFont(family, "B", pt)
	}
	s.pdf.Text(x, y+4.2+pt*0.27, value)
}

// spaced sets digits three by three, to be read aloud.
func spaced(pin string) string {
	if len(pin) != 6 {
		return pin
	}
	return pin[:3] + " " + pin[3:]
}

func (s *sheet) receiptRows(d ReceiptData) {
	s.row("receipt.from", d.From)
	s.row("receipt.kind", d.Kind)
	s.row("receipt.field", d.Field)
	s.row("receipt.where", d.Where)
	if !d.ReceivedAt.IsZero() {
		s.row("receipt.received", s.say("receipt.received_at", d.ReceivedAt))
	}
	if !d.LegalDay.IsZero() && d.LegalDay.Format(time.DateOnly) != d.ReceivedAt.Format(time.DateOnly) {
		s.row("receipt.legal", s.say("receipt.legal_day", d.LegalDay))
	}
	s.row("receipt.number", d.Number)
	s.row("receipt.files", s.say("receipt.files_n", d.Files))
	s.down(1.5)
}

// row draws a label and its value over a hairline; nothing without a value.
func (s *sheet) row(key, value string) {
	if value == "" {
		return
	}
	const labelW = 34.0
	l := s.scaled(look{pt: 10, lead: 4.5})
	lead := l.lead
	s.room(lead + 1.2)
	s.grey()
	s.pdf.SetFont(family, "", 9.5)
	s.pdf.Text(s.left, s.y()+lead*0.72, s.say(key, nil))
	s.black()
	s.within(labelW, s.width-labelW, func() { s.para(l, run{"", strings.Join(strings.Fields(value), " ")}) })
	s.pdf.SetDrawColor(205, 205, 205)
	s.pdf.SetLineWidth(0.15)
	s.pdf.Line(s.left, s.y()+0.35, s.left+s.width, s.y()+0.35)
	s.pdf.SetDrawColor(0, 0, 0)
	s.down(0.9)
}

type answerBy struct{ Day, Term, Source string }

// receiptNext says what happens now, and what the slip is not.
func (s *sheet) receiptNext(d ReceiptData) {
	text := s.scaled(look{pt: 10, lead: 4.5, after: 0.8, align: justified})
	s.heading("receipt.next")
	s.para(text, runs("", s.say("receipt.next_"+d.Mode.key(), d))...)
	if !d.AnswerBy.IsZero() {
		day := s.say("day", d.AnswerBy)
		s.para(text, runs("", s.say("receipt.answer_by", answerBy{day, d.Term, d.Source}))...)
	}
	if d.Mode != File {
		s.notice("receipt.notice_" + d.Mode.key())
	}
	s.heading("receipt.track")
	track := "receipt.track_pin"
	if d.Mode == Guide || d.PIN == "" {
		track = "receipt.track_self"
	}
	s.para(text, runs("", s.say(track, d))...)
}

func (m Mode) key() string {
	switch m {
	case Prepare:
		return "prepare"
	case Guide:
		return "guide"
	}
	return "file"
}

func (s *sheet) heading(key string) {
	s.room(12)
	s.down(0.8)
	s.para(look{pt: 11, lead: 5.2, after: 0.4}, run{"B", s.say(key, nil)})
}

// notice draws a paragraph beside a bar: bold what it says, plain why.
func (s *sheet) notice(key string) {
	s.room(18)
	s.down(0.6)
	y := s.y()
	s.within(4, s.width-4, func() {
		s.para(s.scaled(look{pt: 10, lead: 4.5, align: justified}), run{"B", s.say(key, nil) + " "}, run{"", s.say(key+"_why", nil)})
	})
	s.pdf.SetFillColor(165, 42, 42)
	s.pdf.Rect(s.left, y+0.4, 1.1, s.y()-y-0.4, "F")
	s.down(1.4)
}

// findUs is where the office is found, and what a slip is not.
func (s *sheet) findUs(o Office, auto string) {
	small, least := look{pt: 9, lead: 4, align: centre}, look{pt: 8, lead: 3.8, align: centre}
	note := []run{{"I", s.say(auto, nil)}}
	h := 15.2 + least.lead*float64(len(s.typeset(note, least.pt, s.width*0.98)))
	s.room(h)
	s.pdf.SetXY(s.left, max(s.y()+1, s.bottom-h)) // at the foot of the page
	s.rule(s.middle, s.y(), s.width)
	s.down(1.2)
	s.para(small, run{"B", o.Name})
	s.contact(small, o)
	s.para(least, note...)
}

// contact writes the lines of the office's address that are known.
func (s *sheet) contact(l look, o Office) {
	if o.Address != "" {
		s.para(l, run{"", s.say("office.address", o.Address)})
	}
	var parts []string
	if o.Phone != "" {
		parts = append(parts, s.say("office.phone", o.Phone))
	}
	if o.Hours != "" {
		parts = append(parts, s.say("office.hours", o.Hours))
	}
	if len(parts) > 0 {
		s.para(l, run{"", strings.Join(parts, " · ")})
	}
}
