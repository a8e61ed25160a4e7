package xlsx

import (
	"iter"
	"time"
)

// CaseRow is a line of a list of cases. Of a sealed one the words, the field and
// the place are left empty by who fills it in.
type CaseRow struct {
	Code     string
	Number   int64 // 0: not in the book yet
	Received time.Time
	Kind     string
	Field    string
	Place    string
	Status   string
	Unit     string
	Officer  string
	Due      time.Time
	Help     time.Time // by when whose list it is is to help
	Remains  time.Time // by when something is to be sent or published after its end
	Content  string
	Sealed   bool
}

var caseColumns = []column{
	{"case.code", 17, styleText}, {"case.number", 11, styleNumber}, {"case.received", 13, styleDate}, {"case.kind", 14, styleText}, {"case.field", 26, styleText},
	{"case.place", 22, styleText}, {"case.status", 18, styleText}, {"case.unit", 30, styleText}, {"case.officer", 24, styleText},
	{"case.due", 13, styleDate}, {"case.help", 15, styleDate}, {"case.remains", 22, styleDate}, {"case.content", 70, styleText},
}

// Cases returns a list of cases as a workbook. Where there were more than it holds,
// it says so.
func Cases(h Heading, rows iter.Seq2[CaseRow, error], more func() bool) ([]byte, error) {
	return made(h, "case.title", func(w *workbook) {
		s := w.sheet("case.sheet", "case.title", caseColumns, oneLine)
		for r, err := range rows {
			if err != nil {
				w.note(err)
				return
			}
			if r.Sealed && r.Content == "" {
				r.Content = w.say("case.sealed", nil)
			}
			var number any
			if r.Number != 0 {
				number = r.Number
			}
			s.add(r.Code, number, day(r.Received), r.Kind, r.Field, r.Place, r.Status, r.Unit, r.Officer, day(r.Due), day(r.Help), day(r.Remains), r.Content)
		}
		s.end("Cases")
		if more() {
			w.sheet("case.more", "case.more_title", caseColumns[:1], oneLine).end("More")
		}
	})
}
