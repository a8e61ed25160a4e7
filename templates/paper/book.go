package paper

import "time"

// BookData is a period of the book of receptions ("Sổ tiếp công dân", form 03 of
// Circular 04/2021/TT-TTCP).
type BookData struct {
	Office Office
	From   time.Time
	Until  time.Time // the last day
	Rows   []BookRow
	At     time.Time
}

// BookRow is one entry as it stands now, column by column; Corrections tell what
// it went through.
type BookRow struct {
	Number      string    // 1
	On          time.Time // 2
	Person      string    // 3: name and address
	Identity    string    // 4
	Content     string    // 5
	KindPeople  string    // 6
	PriorBody   string    // 7
	Accept      string    // 8
	Return      string    // 9
	Transfer    string    // 10
	Followed    string    // 11
	Note        string    // 12
	Corrections []Correction
}

// Correction is a later version of an entry.
type Correction struct {
	Version int
	At      time.Time
	By      string
	Why     string
}

// bookCols are the widths of the twelve columns, in millimetres.
var bookCols = []float64{9, 18.5, 32, 22, 0, 20, 22, 18, 19, 21, 22, 24}

// Book returns the pages of the book, A4 landscape.
func Book(d BookData) ([]byte, error) {
	d = scrubbed(d)
	return drawn(wide, "book.title", d, d.At, func(s *sheet) {
		s.code = s.say("book.foot", d)
		s.letterhead(headA4, d.Office, d.At)
		s.entitled(s.say("book.title", d), s.say("days", span{d.From, d.Until}))
		t := &table{cols: append([]float64{}, bookCols...), look: look{pt: 9, lead: 3.9}, whole: 60}
		t.head = func() { s.bookHead(t) }
		s.begin(t)
		for _, r := range d.Rows {
			s.tr(t, s.bookCells(r)...)
		}
		if len(d.Rows) == 0 {
			s.down(2)
			s.para(noted, run{"I", s.say("book.empty", nil)})
		}
	})
}

func (s *sheet) bookCells(r BookRow) []cell {
	note := text(r.Note)
	for _, c := range r.Corrections {
		note.runs = append(note.runs, run{"I", "\n" + s.say("book.corrected", c)})
	}
	if r.Note == "" && len(note.runs) > 1 {
		note.runs = note.runs[1:]
	}
	return []cell{
		mid(r.Number), mid(s.day(r.On)), text(r.Person), text(r.Identity), text(r.Content), text(r.KindPeople),
		text(r.PriorBody), text(r.Accept), text(r.Return), text(r.Transfer), text(r.Followed), note,
	}
}

// bookLabels are the heads of the columns; those from underFirst to underLast stand
// under one head of their own.
var bookLabels = []string{
	"book.1", "book.2", "book.3", "book.4", "book.5", "book.6", "book.7", "book.8", "book.9", "book.10", "book.11", "book.12",
}

const underFirst, underLast = 7, 9

// bookHead draws the head of two lines, and the line of the columns' numbers.
func (s *sheet) bookHead(t *table) {
	l := look{pt: 8.5, lead: 3.7}
	const upper, lower, numbers = 6.5, 21.0, 5.0
	x, y := s.left, s.y()
	for i, w := range t.cols {
		top, h := y, upper+lower
		if i >= underFirst && i <= underLast {
			top, h = y+upper, lower
		}
		if i == underFirst {
			all := w + t.cols[i+1] + t.cols[i+2]
			s.box(x, y, all, upper, s.typeset([]run{{"B", s.say("book.handling", nil)}}, l.pt, all-2*pad), l)
		}
		s.box(x, top, w, h, s.typeset([]run{{"B", s.say(bookLabels[i], nil)}}, l.pt, w-2*pad), l)
		s.box(x, y+upper+lower, w, numbers, s.typeset([]run{{"I", s.say("book.n", i+1)}}, l.pt, w-2*pad), l)
		x += w
	}
	s.pdf.SetXY(s.left, y+upper+lower+numbers)
}
