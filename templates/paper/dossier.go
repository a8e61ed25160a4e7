package paper

import "time"

// DossierData is what who presides at a session reads before and during it: the
// session, the list of those who come, and what is known of each one's case.
type DossierData struct {
	Office  Office
	Meeting Meeting
	People  []DossierPart
	By      string // who put it together
	At      time.Time
}

// DossierPart is one person who comes, with the case, if there is one. Of a Sealed
// one neither name nor words are printed, whatever stands here.
type DossierPart struct {
	Number     int
	Expected   time.Time
	Name       string
	Purpose    string
	CaseCode   string
	Kind       string
	Field      string
	Place      string
	Status     string
	Unit       string
	Received   time.Time
	Due        time.Time
	Late       bool
	Sealed     bool
	People     int // how many come together; 0 and 1 are one
	Content    string
	History    []DossierLine
	Files      []string
	Directives []DossierDirective
	Before     []string // earlier receptions, a line each
	Note       string
}

// DossierLine is a step of a case.
type DossierLine struct {
	At   time.Time
	What string
	By   string
	Text string
}

// DossierDirective is a leader's direction about the case.
type DossierDirective struct {
	Code   string
	Task   string
	Unit   string
	Status string
	Due    time.Time
	Late   bool
}

// sealed is p without what would tell who denounces, or what.
func (p DossierPart) sealed() DossierPart {
	return DossierPart{Number: p.Number, Expected: p.Expected, Sealed: true}
}

// Dossier returns the "Hồ sơ buổi tiếp công dân", A4 pages: a cover with the list,
// then each person's part, on one page where it fits on one.
func Dossier(d DossierData) ([]byte, error) {
	d = scrubbed(d)
	for i, p := range d.People {
		if p.Sealed {
			d.People[i] = p.sealed()
		}
	}
	return drawn(a4, "dossier.head", d, d.At, func(s *sheet) {
		s.code = s.say("dossier.foot", d)
		s.dossierCover(d)
		if len(d.People) == 0 {
			return
		}
		s.pdf.AddPage()
		measure := newSheet(a4, d.At)
		for i, p := range d.People {
			if h, ok := measure.measured(p); ok && i > 0 && s.y()+h > s.bottom {
				s.pdf.AddPage()
			} else if i > 0 {
				s.room(90)
			}
			s.dossierPart(p)
		}
		s.err = firstOf(s.err, measure.err)
	})
}

// measured measures a part, if it fits on one page.
func (s *sheet) measured(p DossierPart) (h float64, ok bool) {
	s.pdf.AddPage()
	from, n := s.y(), s.pdf.PageNo()
	s.dossierPart(p)
	return s.y() - from, s.pdf.PageNo() == n
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *sheet) dossierCover(d DossierData) {
	s.letterhead(headA4, d.Office, d.At)
	s.down(2)
	s.entitled(s.say("dossier.title", nil), d.Meeting.Kind)
	s.meetingRows(d.Meeting)
	s.entry("dossier.by", d.By)
	s.down(1)
	s.para(noted, run{"I", s.say("dossier.inside", nil)})
	s.down(2)
	t := &table{cols: []float64{12, 17, 44, 0, 40}, look: tableA4, whole: 90}
	t.head = s.labels(t, "list.n", "signatures.hour", "dossier.name", "signatures.purpose", "dossier.case")
	s.begin(t)
	for _, p := range d.People {
		s.tr(t, mid(Visitor{Number: p.Number}.place()), mid(s.hour(p.Expected)), strong(s.whoComes(p)), text(p.Purpose), s.caseOf(p))
	}
	if len(d.People) == 0 {
		s.tr(t, cell{}, cell{}, text(s.say("list.none", nil)), cell{}, cell{})
	}
}

// caseOf is a case in a cell: its code, where it stands, when it is due.
func (s *sheet) caseOf(p DossierPart) cell {
	due := s.flag("dossier.due_on", p, !p.Due.IsZero())
	c := text(lined(p.CaseCode, p.Status))
	style := ""
	if p.Late {
		style = "B"
	}
	if due != "" {
		c.runs = append(c.runs, run{style, "\n" + due})
	}
	return c
}

func (s *sheet) whoComes(p DossierPart) string {
	switch {
	case p.Sealed:
		return s.say("dossier.sealed", nil)
	case p.Name == "":
		return s.say("dossier.nameless", nil)
	}
	return p.Name
}
