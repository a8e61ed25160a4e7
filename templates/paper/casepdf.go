package paper

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// CasePDF returns the form f of a case, A4 pages.
func CasePDF(f Form, d CaseLetter) ([]byte, error) {
	fields, err := d.fields(f)
	if err != nil {
		return nil, fmt.Errorf("paper: %s: %w", f.Kind, err)
	}
	blocks, err := f.blocks()
	if err != nil {
		return nil, err
	}
	d = scrubbed(d)
	return drawn(a4, "code", fields.Code, d.At, func(s *sheet) {
		s.code = s.say("code", fields.Code)
		s.numbered(headA4, d.Office, fields.Number, d.Letter.Date)
		s.down(3)
		p := &casePage{sheet: s, fields: fields}
		for i, b := range blocks {
			next := ""
			if i+1 < len(blocks) {
				next = blocks[i+1].kind
			}
			p.block(b, next)
		}
	})
}

// casePage draws the blocks of a form.
type casePage struct {
	*sheet
	fields CaseFields
	grid   *table
}

func (p *casePage) block(b block, next string) {
	all, err := b.filled(p.fields)
	p.err = firstOf(p.err, err)
	for _, cells := range all {
		p.set(b.kind, cells)
	}
	switch {
	case b.kind == "+", b.kind == "=" && next != "+":
		p.rule(p.middle, p.y()+1, 40)
		p.down(5)
	case b.kind == "|" && next != "|":
		p.down(3)
	}
}

// How what stands in the middle is set.
var (
	subjectLook = look{pt: 13.5, lead: 6.2, align: centre}
	dearLook    = look{pt: 13.5, lead: 6.6, after: 2.5, align: centre}
	aloneLook   = look{pt: 13.5, lead: 6.6, after: 2, align: centre}
)

func (p *casePage) set(kind string, cells [][]run) {
	switch kind {
	case "=":
		p.centred(p.left, p.width, p.y(), 7, run{"B", flat(cells[0])}, 15)
		p.down(7.5)
	case "+":
		p.para(subjectLook, run{"B", flat(cells[0])})
	case ">":
		p.para(dearLook, cells[0]...)
	case "^":
		p.room(24)
		p.down(1.5)
		p.para(aloneLook, run{"B", flat(cells[0])})
	case "_":
		p.para(body, run{"I", flat(cells[0])})
	case "-":
		p.para(item, cells[0]...)
	case "||":
		p.gridHead(cells)
	case "|":
		p.gridRow(cells)
	case "[signed]":
		p.signed(p.fields.letter)
	case "[both]":
		p.both(cells)
	default:
		p.running(cells[0])
	}
}

// running sets running text: a heading stays with what it is over, and what is to be
// filled in by hand is lines to write on.
func (p *casePage) running(rs []run) {
	switch text := flat(rs); {
	case strings.Trim(text, "… ") == "" && utf8.RuneCountInString(text) > handLine:
		p.lines(2)
	case len(rs) == 1 && rs[0].style == "B":
		p.room(4 * body.lead)
		fallthrough
	default:
		p.para(body, rs...)
	}
}

// handLine is how many dots are more than a word to fill in.
const handLine = 60

// flat is the text of runs.
func flat(rs []run) string {
	var b strings.Builder
	for _, r := range rs {
		b.WriteString(r.text)
	}
	return b.String()
}

// gridHead begins a table; each cell of its head is a width and a label.
func (p *casePage) gridHead(cells [][]run) {
	t := &table{look: look{pt: 12.5, lead: 5.8}, low: 8, whole: 60}
	labels := make([]string, len(cells))
	for i, c := range cells {
		width, label, _ := strings.Cut(flat(c), ":")
		w, err := strconv.ParseFloat(width, 64)
		p.err = firstOf(p.err, err)
		t.cols, labels[i] = append(t.cols, w), label
	}
	t.head = func() { p.labelled(t, labels) }
	p.down(1)
	p.begin(t)
	p.grid = t
}

func (p *casePage) gridRow(cells [][]run) {
	row := make([]cell, len(cells))
	for i, c := range cells {
		if row[i] = text(flat(c)); i != 1 {
			row[i].align = centre
		}
	}
	p.tr(p.grid, row...)
}

// both draws two places to sign side by side, with the names that are known.
func (p *casePage) both(cells [][]run) {
	p.room(46)
	p.down(5)
	y, half := p.y(), p.width/2
	how := "case.sign_how"
	for i, c := range cells {
		p.pdf.SetXY(p.left, y)
		p.within(float64(i)*half, half, func() {
			p.para(look{pt: 13, lead: 6, align: centre}, run{"B", flat(c)})
			p.para(look{pt: 11.5, lead: 5.4, align: centre}, run{"I", p.say(how, nil)})
		})
	}
	p.down(30)
}
