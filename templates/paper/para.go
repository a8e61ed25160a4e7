package paper

import "strings"

// look is how a paragraph is set: size in points, the rest in millimetres.
type look struct {
	pt, indent, lead, after float64
	align                   align
}

type align int

const (
	ragged align = iota
	justified
	centre
)

type frag struct {
	run
	w float64
}

// word is what stays together on a line; a bold part may touch a plain one.
type word []frag

func (w word) width() (t float64) {
	for _, f := range w {
		t += f.w
	}
	return t
}

// para sets runs as one paragraph; a newline within them begins another.
func (s *sheet) para(l look, rs ...run) {
	for _, line := range broken(rs) {
		s.flow(l, line)
	}
}

// broken cuts runs at their newlines.
func broken(rs []run) [][]run {
	var all [][]run
	var line []run
	for _, r := range rs {
		for i, p := range strings.Split(r.text, "\n") {
			if i > 0 {
				all, line = append(all, line), nil
			}
			line = append(line, run{r.style, p})
		}
	}
	return append(all, line)
}

// flow breaks one paragraph into lines and draws them.
func (s *sheet) flow(l look, rs []run) {
	words := s.split(rs, l.pt, s.width-l.indent)
	s.pdf.SetFont(family, "", l.pt)
	space := s.pdf.GetStringWidth(" ")
	indent, width := l.indent, s.width
	if l.align == centre {
		width = balanced(words, width, space)
	}
	for len(words) > 0 {
		n, used := fit(words, width-indent, space)
		gap, x := space, s.left+indent
		free := s.width - indent - used - float64(n-1)*space
		switch {
		case l.align == justified && n < len(words) && n > 1 && free/float64(n-1) < 1.5*space:
			gap += free / float64(n-1)
		case l.align == centre:
			x += free / 2
		}
		s.room(l.lead)
		s.draw(words[:n], x, gap, l)
		words, indent = words[n:], 0
	}
	s.down(l.after)
}

func (s *sheet) draw(words []word, x, gap float64, l look) {
	y := s.y() + l.lead*0.72
	for _, w := range words {
		for _, f := range w {
			s.pdf.SetFont(family, f.style, l.pt)
			s.pdf.Text(x, y, f.text)
			x += f.w
		}
		x += gap
	}
	s.down(l.lead)
}

// fit tells how many words go on a line w wide, and their width without spaces.
func fit(words []word, w, space float64) (n int, used float64) {
	for n < len(words) {
		next := used + words[n].width()
		if n > 0 && next+float64(n)*space > w {
			break
		}
		used = next
		n++
	}
	return n, used
}

// balanced is the least width, at most w, that takes no more lines than w does, so
// that the last of several centred lines is no single word.
func balanced(words []word, w, space float64) float64 {
	lines := func(w float64) (n int) {
		for rest := words; len(rest) > 0; n++ {
			k, _ := fit(rest, w, space)
			rest = rest[k:]
		}
		return n
	}
	for most := lines(w); w > 10 && lines(w-1) == most; {
		w--
	}
	return w
}

// split cuts runs at their spaces, and words that are wider than most into pieces
// that are not.
func (s *sheet) split(rs []run, pt, most float64) (words []word) {
	var cur word
	end := func() {
		if len(cur) > 0 {
			words, cur = append(words, cur), nil
		}
	}
	for _, r := range rs {
		s.pdf.SetFont(family, r.style, pt)
		for i, text := range strings.Split(r.text, " ") {
			if i > 0 {
				end()
			}
			for text != "" {
				piece := s.piece(text, most)
				if piece != text {
					end()
				}
				cur = append(cur, frag{run{r.style, piece}, s.pdf.GetStringWidth(piece)})
				if piece != text {
					end()
				}
				text = text[len(piece):]
			}
		}
	}
	end()
	return words
}

// piece is the longest beginning of text that is at most w wide, or all of it. It
// ends after a hyphen or a slash where it has one: a code is read by its groups.
func (s *sheet) piece(text string, w float64) string {
	if s.pdf.GetStringWidth(text) <= w {
		return text
	}
	used, joint := 0.0, 0
	for i, r := range text {
		used += s.pdf.GetStringWidth(string(r))
		if i > 0 && used > w {
			if joint > 0 {
				return text[:joint]
			}
			return text[:i]
		}
		if r == '-' || r == '/' {
			joint = i + 1
		}
	}
	return text
}
