package paper

import (
	"fmt"
	"time"
)

// SignaturesData is the list that those who come to a session sign.
type SignaturesData struct {
	Office  Office
	Meeting Meeting
	People  []Visitor
	Blank   int // further lines, for those who come without an appointment
	At      time.Time
}

// Visitor is somebody who is expected at a session.
type Visitor struct {
	Number   int
	Expected time.Time
	Name     string
	Address  string
	Purpose  string
	CaseCode string
	Waiting  bool // on the waiting list
}

// SignatureSheet returns the "Danh sách công dân đến … ký xác nhận", A4 pages.
func SignatureSheet(d SignaturesData) ([]byte, error) {
	d = scrubbed(d)
	return drawn(a4, "signatures.title", d, d.At, func(s *sheet) {
		s.letterhead(headA4, d.Office, d.Meeting.Starts)
		s.down(2)
		s.entitled(s.say("signatures.title", d), d.Meeting.Kind)
		s.meetingRows(d.Meeting)
		s.down(2)
		t := &table{cols: []float64{12, 17, 46, 0, 32}, look: tableA4, low: 13, whole: 90}
		t.head = s.labels(t, "list.n", "signatures.hour", "signatures.name", "signatures.purpose", "signatures.sign")
		s.begin(t)
		for _, v := range d.People {
			s.tr(t, mid(v.place()), mid(s.hour(v.Expected)), cell{runs: []run{{"B", v.Name}, {"", "\n" + v.Address}}}, text(lined(v.Purpose, v.CaseCode)), cell{})
		}
		for range min(d.Blank, maxSigners) {
			s.tr(t, cell{}, cell{}, cell{}, cell{}, cell{})
		}
		s.keepers()
	})
}

// place is the number in the queue; who waits for a place has none yet.
func (v Visitor) place() string {
	if v.Waiting || v.Number == 0 {
		return "–"
	}
	return fmt.Sprint(v.Number)
}

// keepers is where who received and who wrote the list sign it.
func (s *sheet) keepers() {
	s.room(45)
	s.down(5)
	y, half := s.y(), s.width/2
	for i, key := range []string{"signatures.clerk", "signatures.chair"} {
		s.pdf.SetXY(s.left, y)
		s.within(float64(i)*half, half, func() {
			s.para(look{pt: 13, lead: 6, align: centre}, run{"B", s.say(key, nil)})
			s.para(look{pt: 12, lead: 5.4, align: centre}, run{"I", s.say("answer.sign_how", nil)})
		})
	}
}
