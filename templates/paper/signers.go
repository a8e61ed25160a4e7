package paper

import "fmt"

// signersList is the list that everybody of a group signs: a complaint of several
// people carries all their signatures and names who speaks for them (Law on
// Complaints, article 8).
func (s *sheet) signersList(d PetitionData) {
	s.pdf.AddPage()
	s.centred(s.left, s.width, s.y(), 7, run{"B", s.say("signers.title", nil)}, 15)
	s.down(9)
	s.para(look{pt: 12.5, lead: 6, after: 2, align: justified}, run{"", s.say("signers.why", nil)})
	cols := []float64{13, 50, 0, 34}
	cols[2] = s.width - cols[0] - cols[1] - cols[3]
	s.signersHead(cols)
	people := append([]Person{d.Complainant}, d.Others...)
	for i := range min(maxSigners, max(d.People, len(people))) {
		var p Person
		if i < len(people) {
			p = people[i]
		}
		s.signer(cols, i+1, p)
	}
}

func (s *sheet) signersHead(cols []float64) {
	c := look{pt: 12, lead: 5.6, align: centre}
	s.cells(cols, c, 8, []run{
		{"B", s.say("signers.n", nil)}, {"B", s.say("signers.name", nil)},
		{"B", s.say("signers.address", nil)}, {"B", s.say("signers.sign", nil)},
	})
}

func (s *sheet) signer(cols []float64, n int, p Person) {
	l := look{pt: 12, lead: 5.4}
	row := []run{{"", fmt.Sprint(n)}, {"", p.Name}, {"", p.Address}, {}}
	if s.y()+s.height(cols, l, 13, row) > s.bottom {
		s.pdf.AddPage()
		s.signersHead(cols)
	}
	s.cells(cols, l, 13, row)
}

// height is that of a table row, at least low.
func (s *sheet) height(cols []float64, l look, low float64, row []run) float64 {
	h := low
	for i, r := range row {
		h = max(h, float64(s.count(r, l.pt, cols[i]-3))*l.lead+3)
	}
	return min(h, s.bottom-s.top-20)
}

// count is how many lines r takes in a column w wide.
func (s *sheet) count(r run, pt, w float64) (n int) {
	s.within(0, w, func() {
		words := s.split([]run{r}, pt, w)
		s.pdf.SetFont(family, "", pt)
		for space := s.pdf.GetStringWidth(" "); len(words) > 0; n++ {
			k, _ := fit(words, w, space)
			words = words[k:]
		}
	})
	return n
}

// cells draws one row of a table with its borders.
func (s *sheet) cells(cols []float64, l look, low float64, row []run) {
	h := s.height(cols, l, low, row)
	s.room(h)
	x, y := 0.0, s.y()
	s.pdf.SetLineWidth(0.2)
	for i, r := range row {
		s.pdf.Rect(s.left+x, y, cols[i], h, "D")
		s.pdf.SetXY(s.left, y+1.5)
		r.text = s.clip(r, l, cols[i]-3, h-3)
		cell := l
		if i == 0 {
			cell.align = centre
		}
		s.within(x+1.5, cols[i]-3, func() { s.para(cell, r) })
		x += cols[i]
	}
	s.pdf.SetXY(s.left, y+h)
}

// clip shortens r, visibly, to what a cell of this size holds: nobody's name or
// address is as long as a page.
func (s *sheet) clip(r run, l look, w, h float64) string {
	text := []rune(r.text)
	for len(text) > 0 && float64(s.count(r, l.pt, w))*l.lead > h+0.01 {
		text = text[:len(text)*9/10]
		r.text = string(text) + "…"
	}
	return r.text
}
