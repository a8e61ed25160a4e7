package xlsx

import "time"

// ResultsData is what units reported of the cases that were closed.
type ResultsData struct {
	Heading
	Units []ResultUnit
	List  []ResultRow
	More  bool // there were more than the list holds
}

// ResultUnit is a unit's figures.
type ResultUnit struct {
	Unit   string
	All    int
	InTime int
	Late   int
	NoTerm int
}

// ResultRow is one result. Late is in days.
type ResultRow struct {
	Code      string
	Kind      string
	Unit      string
	Outcome   string
	Document  string
	Signed    time.Time
	Answered  time.Time
	How       string
	Delivered time.Time
	Due       time.Time
	Late      int
	Reported  time.Time
	ToldTo    string
}

var (
	resultUnits = []column{
		{"result.unit", 40, styleText}, {"result.all", 14, styleNumber}, {"result.in_time", 12, styleNumber}, {"result.late", 12, styleNumber},
		{"result.no_term", 16, styleNumber}, {"result.share", 14, stylePercent},
	}
	resultRows = []column{
		{"result.code", 17, styleText}, {"result.kind", 14, styleText}, {"result.unit", 30, styleText}, {"result.outcome", 24, styleText},
		{"result.document", 22, styleText}, {"result.signed", 13, styleDate}, {"result.answered", 13, styleDate}, {"result.how", 18, styleText},
		{"result.delivered", 13, styleDate}, {"result.due", 13, styleDate}, {"result.late_days", 12, styleNumber}, {"result.reported", 13, styleDate},
		{"result.told_to", 36, styleText},
	}
)

// Results returns what was reported as a workbook: by unit, and one by one.
func Results(d ResultsData) ([]byte, error) {
	return made(d.Heading, "result.title", func(w *workbook) {
		s := w.sheet("result.by_unit", "result.title", resultUnits, oneLine)
		for _, u := range d.Units {
			var share any
			if u.InTime+u.Late > 0 {
				share = float64(u.InTime) / float64(u.InTime+u.Late)
			}
			s.add(u.Unit, u.All, u.InTime, u.Late, u.NoTerm, share)
		}
		s.end("ResultUnits")
		s = w.sheet("result.list", "result.title", resultRows, oneLine)
		for _, r := range d.List {
			var late any
			if !r.Due.IsZero() {
				late = r.Late
			}
			s.add(r.Code, r.Kind, r.Unit, r.Outcome, r.Document, r.Signed, r.Answered, r.How, r.Delivered, r.Due, late, r.Reported, r.ToldTo)
		}
		s.end("Results")
		if d.More {
			w.sheet("case.more", "case.more_title", resultUnits[:1], oneLine).end("More")
		}
	})
}
