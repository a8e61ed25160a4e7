package xlsx

import (
	"iter"
	"time"
)

// BookData is a period of the book of receptions (form 03 of Circular
// 04/2021/TT-TTCP). Rows are read once, in order; an error among them ends the workbook.
type BookData struct {
	Heading
	Rows iter.Seq2[BookRow, error]
}

// BookRow is one entry as it stands now.
type BookRow struct {
	Number     int
	On         time.Time
	Person     string // name and address
	Identity   string
	Content    string
	KindPeople string
	PriorBody  string
	Accept     string
	Return     string
	Transfer   string
	Followed   string
	Note       string
	Version    int       // above 1: it was corrected
	Corrected  time.Time // the last time
}

var bookLabels = []column{
	{"book.1", 6, styleNumber}, {"book.2", 12, styleDate}, {"book.3", 30, styleText}, {"book.4", 18, styleText},
	{"book.5", 60, styleText}, {"book.6", 18, styleText}, {"book.7", 20, styleText}, {"book.8", 22, styleText},
	{"book.9", 22, styleText}, {"book.10", 24, styleText}, {"book.11", 24, styleText}, {"book.12", 22, styleText},
}

// underFirst and underLast are the columns that stand under one head of their own.
const underFirst, underLast = 8, 10

// Book returns the book of receptions as a workbook.
func Book(d BookData) ([]byte, error) {
	return made(d.Heading, "book.title", func(w *workbook) {
		s := w.sheet("book.sheet", "book.title", bookLabels, head{3, (*sheet).bookHead})
		for r, err := range d.Rows {
			if w.note(err); w.err != nil {
				return
			}
			s.add(r.Number, r.On, r.Person, r.Identity, r.Content, r.KindPeople, r.PriorBody,
				r.Accept, r.Return, r.Transfer, r.Followed, s.noteOf(r))
		}
		s.end("")
	})
}

// noteOf is the last column: the note, and that the entry was corrected.
func (s *sheet) noteOf(r BookRow) string {
	if r.Version < 2 {
		return r.Note
	}
	r.Corrected = r.Corrected.In(zone)
	mark := s.w.say("book.corrected", r)
	if r.Note == "" {
		return mark
	}
	return r.Note + "\n" + mark
}

// bookHead writes the two lines of the form's head and the columns' numbers.
func (s *sheet) bookHead() {
	n := len(s.cols)
	upper, lower, numbers := make([]any, n), make([]any, n), make([]any, n)
	for i, c := range s.cols {
		label := s.w.say(c.key, nil)
		upper[i], lower[i], numbers[i] = label, label, s.w.say("book.n", i+1)
		if i+1 >= underFirst && i+1 <= underLast {
			upper[i] = ""
		} else {
			lower[i] = ""
		}
	}
	upper[underFirst-1] = s.w.say("book.handling", nil)
	top := s.row
	s.write(styleHead, upper...)
	s.write(styleHead, lower...)
	s.write(styleHead, numbers...)
	s.merge(underFirst, top, underLast, top)
	for i := 1; i <= n; i++ {
		if i < underFirst || i > underLast {
			s.merge(i, top, i, top+1)
		}
	}
}
