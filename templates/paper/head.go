package paper

import (
	"strings"
	"time"
)

// head is the measure of the administrative head on a paper size.
type head struct {
	split          float64 // the left column's part of the width
	small, big     float64 // points
	lead, overhang float64
}

var (
	headA4 = head{split: 0.42, small: 12, big: 13, lead: 5.6, overhang: 6}
	headA5 = head{split: 0.40, small: 8.6, big: 9.6, lead: 4.1, overhang: 0}
)

// letterhead draws the two columns of Decree 30/2020: who issues on the left, the
// State's name and motto with place and date on the right.
func (s *sheet) letterhead(h head, o Office, at time.Time) { s.numbered(h, o, "", at) }

// numbered is a letterhead with the letter's number on the line of its date.
func (s *sheet) numbered(h head, o Office, number string, at time.Time) {
	s.sample = o.Sample
	x, y, w := s.left-h.overhang, s.y(), s.width+2*h.overhang
	lw := w * h.split
	var left float64
	s.within(-h.overhang, lw-2, func() {
		l := look{pt: h.small, lead: h.lead, align: centre}
		if o.Parent != "" {
			s.para(l, s.named(l, run{"", strings.ToUpper(o.Parent)}))
		}
		s.para(l, s.named(l, run{"B", strings.ToUpper(o.Name)}))
		s.rule(x+(lw-2)/2, s.y()+0.8, lw*0.3)
		left = s.y()
	})
	s.pdf.SetXY(s.left, y)
	s.motto(x+lw, w-lw, h)
	s.down(h.lead * 0.6)
	if number != "" {
		s.pdf.SetXY(s.left, max(left+2, s.y()))
		s.centred(x, lw-2, s.y(), h.lead, run{"", number}, h.big)
	}
	s.centred(x+lw, w-lw, s.y(), h.lead, run{"I", s.say("date.place", dateline{o.Place, at})}, h.big)
	s.down(h.lead)
	s.pdf.SetXY(s.left, max(left, s.y())+h.lead*1.2)
}

// named breaks an office's name that takes two lines before the place that it is of,
// rather than within a word of several syllables.
func (s *sheet) named(l look, name run) run {
	if s.count(name, l.pt, s.width) != 2 {
		return name
	}
	for place := range strings.SplitSeq(s.say("head.places", nil), "|") {
		i := strings.LastIndex(name.text, " "+place+" ")
		if i < 0 {
			continue
		}
		parts := run{name.style, name.text[:i] + "\n" + name.text[i+1:]}
		if s.count(run{name.style, name.text[:i]}, l.pt, s.width) == 1 && s.count(run{name.style, name.text[i+1:]}, l.pt, s.width) == 1 {
			return parts
		}
	}
	return name
}

// motto draws the State's name and motto with the line under them.
func (s *sheet) motto(x, w float64, h head) {
	s.centred(x, w, s.y(), h.lead, run{"B", s.say("head.state", nil)}, h.small)
	s.down(h.lead)
	motto := s.say("head.motto", nil)
	s.centred(x, w, s.y(), h.lead, run{"B", motto}, h.big)
	s.down(h.lead)
	s.rule(x+w/2, s.y()+0.8, s.pdf.GetStringWidth(motto))
}

type dateline struct {
	Place string
	At    time.Time
}
