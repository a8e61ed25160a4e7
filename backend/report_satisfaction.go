package backend

import (
	"net/http"

	"tiepdan"
)

// mostWords is how many citizens' words the report shows.
const mostWords = 50

// satisfiedUnit is what citizens said of a unit's answers of one kind.
type satisfiedUnit struct {
	tiepdan.SatisfactionCount
	Name    string
	Reasons []tally
	Share   int // satisfied, of a hundred of those who said something
}

// saidWords are a citizen's words with the unit's name.
type saidWords struct {
	tiepdan.SatisfactionWords
	UnitName string
}

// satisfactionPage is what report_satisfaction.html shows.
type satisfactionPage struct {
	Head  reportHead
	Units []satisfiedUnit
	Sum   satisfiedUnit
	Words []saidWords
}

func (s *Server) showSatisfactionReport(w http.ResponseWriter, r *http.Request) error {
	head, status, err := s.reportHead(r, "satisfaction", "quarter")
	if err != nil {
		return err
	}
	names, err := s.namer(r)
	if err != nil {
		return err
	}
	by, from, until := who(r).Actor(), head.Asked.From.Time(), head.Asked.Until.Time()
	counts, err := s.Store.Satisfaction(r.Context(), by, from, until)
	if err != nil {
		return err
	}
	words, err := s.Store.SatisfactionWords(r.Context(), by, from, until, mostWords)
	if err != nil {
		return err
	}
	p := satisfactionPage{Head: head}
	for _, n := range counts {
		p.Units = append(p.Units, satisfiedOf(n, names.unit(n.Unit), names.lang))
		p.Sum.SatisfactionCount = p.Sum.Plus(n)
	}
	p.Sum = satisfiedOf(p.Sum.SatisfactionCount, "", names.lang)
	for _, said := range words {
		p.Words = append(p.Words, saidWords{said, names.unit(said.Unit)})
	}
	return s.renderStatus(w, r, "report_satisfaction", status, p)
}

func satisfiedOf(n tiepdan.SatisfactionCount, name string, lang tiepdan.Language) satisfiedUnit {
	u := satisfiedUnit{SatisfactionCount: n, Name: name, Share: int(shareOf(n.Satisfied, n.Rated()))}
	for _, why := range tiepdan.Discontents() {
		if k := n.Discontents[why]; k > 0 {
			u.Reasons = append(u.Reasons, tally{Name: plain(lang, "unhappy."+why), N: k})
		}
	}
	return u
}
