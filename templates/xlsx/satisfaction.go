package xlsx

import "time"

// SatisfactionData is what citizens said of the answers they got.
type SatisfactionData struct {
	Heading
	Reasons []string // their names, in the order of each line's
	Lines   []SatisfactionLine
	Words   []SatisfactionWords
}

// SatisfactionLine is what was said of a unit's answers of one kind. Reasons are counts.
type SatisfactionLine struct {
	Unit, Kind             string
	Answered, Asked, Rated int
	Good, Fair, Bad        int
	Reasons                []int
	Reopened               int
}

// SatisfactionWords are a citizen's own words.
type SatisfactionWords struct {
	Code, Unit, Kind string
	At               time.Time
	Rating, Reason   string
	Words            string
}

var (
	satisfactionLines = []column{
		{"satisfied.unit", 36, styleText}, {"satisfied.kind", 14, styleText}, {"satisfied.answered", 12, styleNumber}, {"satisfied.asked", 12, styleNumber},
		{"satisfied.rated", 12, styleNumber}, {"satisfied.good", 12, styleNumber}, {"satisfied.fair", 14, styleNumber}, {"satisfied.bad", 14, styleNumber},
		{"satisfied.share", 13, stylePercent}, {"satisfied.reopened", 12, styleNumber},
	}
	satisfactionReasons = []column{{"satisfied.unit", 36, styleText}, {"satisfied.kind", 14, styleText}, {"satisfied.reason", 26, styleText}, {"satisfied.times", 12, styleNumber}}
	satisfactionWords   = []column{
		{"satisfied.code", 17, styleText}, {"satisfied.unit", 30, styleText}, {"satisfied.kind", 14, styleText}, {"satisfied.at", 13, styleDate},
		{"satisfied.rating", 18, styleText}, {"satisfied.reason", 22, styleText}, {"satisfied.words", 70, styleText},
	}
)

// Satisfaction returns it as a workbook: by unit and kind, the reasons, and the words.
func Satisfaction(d SatisfactionData) ([]byte, error) {
	return made(d.Heading, "satisfied.title", func(w *workbook) {
		s := w.sheet("satisfied.by_unit", "satisfied.title", satisfactionLines, oneLine)
		for _, l := range d.Lines {
			var share any
			if l.Rated > 0 {
				share = float64(l.Good) / float64(l.Rated)
			}
			s.add(l.Unit, l.Kind, l.Answered, l.Asked, l.Rated, l.Good, l.Fair, l.Bad, share, l.Reopened)
		}
		s.end("Satisfaction")
		s = w.sheet("satisfied.reasons", "satisfied.title", satisfactionReasons, oneLine)
		for _, l := range d.Lines {
			for i, n := range l.Reasons {
				if n > 0 && i < len(d.Reasons) {
					s.add(l.Unit, l.Kind, d.Reasons[i], n)
				}
			}
		}
		s.end("Reasons")
		s = w.sheet("satisfied.said", "satisfied.title", satisfactionWords, oneLine)
		for _, x := range d.Words {
			s.add(x.Code, x.Unit, x.Kind, x.At, x.Rating, x.Reason, x.Words)
		}
		s.end("Words")
	})
}
