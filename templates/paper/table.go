package paper

import "slices"

// cell is one field of a table's row.
type cell struct {
	runs  []run
	align align
}

// text is a plain cell, mid one that is centred, strong a bold one.
func text(s string) cell   { return cell{runs: []run{{"", s}}} }
func mid(s string) cell    { return cell{runs: []run{{"", s}}, align: centre} }
func strong(s string) cell { return cell{runs: []run{{"B", s}}} }

// table is a grid whose head stands again on each page that it reaches. Its rows
// grow with their text and run on to the next page when they must.
type table struct {
	cols  []float64 // widths; one of 0 takes what is left
	look  look
	low   float64 // rows are at least so high
	whole float64 // rows that are at most so high aren't split between pages
	head  func()
	top   float64 // where the rows begin on this page
}

// pad is the white of a cell, above and beside its text.
const pad = 1.2

// begin draws the head of t on this page, or on the next when there is hardly room
// for a row under it.
func (s *sheet) begin(t *table) {
	left := s.width
	for _, w := range t.cols {
		left -= w
	}
	if i := slices.Index(t.cols, 0); i >= 0 {
		t.cols[i] = left
	}
	s.room(30)
	t.head()
	t.top = s.y()
}

// labels is a head of one line of labels.
func (s *sheet) labels(t *table, keys ...string) func() {
	return func() {
		said := make([]string, len(keys))
		for i, key := range keys {
			said[i] = s.say(key, nil)
		}
		s.labelled(t, said)
	}
}

// labelled draws a head of one line.
func (s *sheet) labelled(t *table, labels []string) {
	h, l := 0.0, look{pt: t.look.pt, lead: t.look.lead}
	sets := make([][][]word, len(labels))
	for i, label := range labels {
		sets[i] = s.typeset([]run{{"B", label}}, l.pt, t.cols[i]-2*pad)
		h = max(h, float64(len(sets[i]))*l.lead+2*pad)
	}
	x, y := s.left, s.y()
	for i := range labels {
		s.box(x, y, t.cols[i], h, sets[i], l)
		x += t.cols[i]
	}
	s.pdf.SetXY(s.left, y+h)
}

// box draws a cell of a head: its lines in the middle of its frame.
func (s *sheet) box(x, y, w, h float64, lines [][]word, l look) {
	s.pdf.SetLineWidth(0.2)
	s.pdf.SetFillColor(242, 242, 240)
	s.pdf.Rect(x, y, w, h, "FD")
	s.setLines(x+pad, y+(h-float64(len(lines))*l.lead)/2, w-2*pad, lines, centre, l)
}

// tr draws a row of t.
func (s *sheet) tr(t *table, cells ...cell) {
	sets, n := make([][][]word, len(cells)), 1
	for i, c := range cells {
		sets[i] = s.typeset(c.runs, t.look.pt, t.cols[i]-2*pad)
		n = max(n, len(sets[i]))
	}
	for from := 0; from < n; {
		left := n - from
		fits := int((s.bottom - s.y() - 2*pad + 0.01) / t.look.lead)
		high := max(t.low, float64(left)*t.look.lead+2*pad)
		if s.y()+high > s.bottom+0.01 && (high <= t.whole || fits < 3) && s.y() > t.top {
			s.pdf.AddPage()
			t.head()
			t.top = s.y()
			continue
		}
		k := max(1, min(left, fits))
		s.stretch(t, cells, sets, from, k)
		from += k
	}
}

// stretch draws k lines of a row, from the line from on.
func (s *sheet) stretch(t *table, cells []cell, sets [][][]word, from, k int) {
	x, y := s.left, s.y()
	h := max(t.low, float64(k)*t.look.lead+2*pad)
	s.pdf.SetLineWidth(0.2)
	for i, lines := range sets {
		s.pdf.Rect(x, y, t.cols[i], h, "D")
		part := lines[min(from, len(lines)):min(from+k, len(lines))]
		s.setLines(x+pad, y+pad, t.cols[i]-2*pad, part, cells[i].align, t.look)
		x += t.cols[i]
	}
	s.pdf.SetXY(s.left, y+h)
}

// typeset breaks runs into lines w wide.
func (s *sheet) typeset(rs []run, pt, w float64) (lines [][]word) {
	for _, p := range broken(rs) {
		words := s.split(p, pt, w)
		s.pdf.SetFont(family, "", pt)
		for space := s.pdf.GetStringWidth(" "); len(words) > 0; {
			n, _ := fit(words, w, space)
			lines, words = append(lines, words[:n]), words[n:]
		}
	}
	return lines
}

// setLines draws lines in a box w wide.
func (s *sheet) setLines(x, y, w float64, lines [][]word, a align, l look) {
	s.pdf.SetFont(family, "", l.pt)
	space := s.pdf.GetStringWidth(" ")
	for _, words := range lines {
		at := x
		if a == centre {
			n, used := fit(words, w, space)
			at += (w - used - float64(n-1)*space) / 2
		}
		s.pdf.SetXY(s.left, y)
		s.draw(words, at, space, l)
		y += l.lead
	}
}
