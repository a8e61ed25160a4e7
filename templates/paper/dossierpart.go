package paper

import "strings"

// dossierText is the running text of a dossier.
var dossierText = look{pt: 12, lead: 5.5, after: 0.8, align: justified}

// dossierPart draws one person's part.
func (s *sheet) dossierPart(p DossierPart) {
	s.dossierBar(p)
	if p.Sealed {
		s.para(noted, run{"I", s.say("dossier.sealed_why", nil)})
		s.down(6)
		return
	}
	s.entry("signatures.purpose", p.Purpose)
	s.entry("dossier.case", together([]string{p.CaseCode, p.Kind, p.Field}, " · "))
	s.entry("dossier.place", p.Place)
	s.entry("dossier.status", together([]string{p.Status, p.Unit}, " · "))
	s.entry("dossier.received", s.day(p.Received))
	s.entry("dossier.due", s.flag("dossier.due_day", p, !p.Due.IsZero()))
	if p.People > 1 {
		s.entry("dossier.people", s.say("dossier.people_n", p.People))
	}
	s.chapter("dossier.content", p.Content)
	s.dossierHistory(p.History)
	s.dossierDirectives(p.Directives)
	s.chapter("dossier.before", strings.Join(p.Before, "\n"))
	s.chapter("dossier.files", strings.Join(p.Files, "\n"))
	s.chapter("dossier.note", p.Note)
	s.under("dossier.opinion", 3*byHand)
	s.lines(3)
	s.down(6)
}

// dossierBar is the head of a part: the number, the time and the name.
func (s *sheet) dossierBar(p DossierPart) {
	s.room(30)
	y := s.y()
	s.pdf.SetFillColor(238, 237, 232)
	s.pdf.Rect(s.left, y, s.width, 8.5, "F")
	title := together([]string{s.say("dossier.number", Visitor{Number: p.Number}.place()), s.hour(p.Expected), s.whoComes(p)}, " · ")
	l := look{pt: 13, lead: 6.2}
	lines := s.typeset([]run{{"B", title}}, l.pt, s.width-6)
	s.setLines(s.left+3, y+1.1, s.width-6, lines[:min(1, len(lines))], ragged, l)
	s.pdf.SetXY(s.left, y+10.5)
}

// under is a small heading within a part, with room for need millimetres under it.
func (s *sheet) under(key string, need float64) {
	s.room(8 + need)
	s.down(1.2)
	s.para(look{pt: 12, lead: 5.6, after: 0.4}, run{"B", s.say(key, nil)})
}

// chapter is a heading and its text; nothing without a text.
func (s *sheet) chapter(key, content string) {
	if content == "" {
		return
	}
	s.under(key, 8)
	s.para(dossierText, run{"", content})
}

func (s *sheet) dossierHistory(lines []DossierLine) {
	if len(lines) == 0 {
		return
	}
	s.under("dossier.history", 32)
	t := &table{cols: []float64{24, 48, 0}, look: tableA4, whole: 60}
	t.head = s.labels(t, "roster.day", "dossier.step", "dossier.words")
	s.begin(t)
	for _, l := range lines {
		s.tr(t, mid(s.day(l.At)), text(lined(l.What, l.By)), text(l.Text))
	}
	s.down(1)
}

func (s *sheet) dossierDirectives(ds []DossierDirective) {
	if len(ds) == 0 {
		return
	}
	s.under("dossier.directives", 32)
	t := &table{cols: []float64{24, 0, 40, 32}, look: tableA4, whole: 60}
	t.head = s.labels(t, "directive.code", "directive.task", "directive.unit", "directive.due")
	s.begin(t)
	for _, d := range ds {
		due := text(lined(s.day(d.Due), d.Status))
		if d.Late {
			due = strong(lined(s.day(d.Due), s.say("directive.late", nil)))
		}
		s.tr(t, mid(d.Code), text(d.Task), text(d.Unit), due)
	}
	s.down(1)
}
