package paper

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// format is a paper size with its margins, in millimetres.
type format struct {
	name                     string
	top, right, bottom, left float64
	across                   bool // landscape
}

// a4 has the margins of Decree 30/2020; a5 is for slips that are kept; wide is for
// tables of many columns, bound at the left.
var (
	a4   = format{name: "A4", top: 20, right: 18, bottom: 20, left: 30}
	a5   = format{name: "A5", top: 10, right: 12, bottom: 9, left: 12}
	wide = format{name: "A4", top: 16, right: 12, bottom: 14, left: 18, across: true}
)

// sheet is a thin layer over the PDF library: it draws text within a frame, breaks
// pages by the line, and keeps the first error.
type sheet struct {
	pdf         *fpdf.Fpdf
	left, width float64 // the frame
	top, bottom float64 // of the page's text, as y
	middle      float64 // of the page's text, as x
	code        string  // stands at the foot of each page
	sample      bool    // the foot says that this is sample data
	k           float64 // how closely it is set: 1, or less
	err         error
}

func newSheet(f format, at time.Time) *sheet {
	pdf := fpdf.New(f.way(), "mm", f.name, "")
	addFonts(pdf)
	pdf.SetMargins(f.left, f.top, f.right)
	pdf.SetAutoPageBreak(false, f.bottom)
	pdf.SetCellMargin(0)
	pdf.SetLang("vi-VN")
	// The time of the document, and sorted catalogues: the same bytes each time.
	pdf.SetCreationDate(at.UTC())
	pdf.SetModificationDate(at.UTC())
	pdf.SetCatalogSort(true)
	w, h := pdf.GetPageSize()
	s := &sheet{pdf: pdf, left: f.left, width: w - f.left - f.right, top: f.top, bottom: h - f.bottom, k: 1}
	s.middle = f.left + s.width/2
	pdf.SetHeaderFunc(s.number)
	pdf.SetFooterFunc(s.foot)
	return s
}

func (f format) way() string {
	if f.across {
		return fpdf.OrientationLandscape
	}
	return fpdf.OrientationPortrait
}

// number writes the page's number in the top margin, from the second page on, as
// Decree 30/2020 wants it.
func (s *sheet) number() {
	if n := s.pdf.PageNo(); n > 1 {
		s.centred(s.middle-20, 40, s.top-8, 5, run{"", fmt.Sprint(n)}, 11)
	}
	s.pdf.SetXY(s.left, s.top)
}

// foot writes in the bottom margin what the sheet belongs to, so that loose pages
// find together again, and that sample data are no real ones.
func (s *sheet) foot() {
	text := s.code
	if s.sample {
		text = strings.TrimPrefix(text+" · "+s.say("sample", nil), " · ")
	}
	if text == "" {
		return
	}
	s.grey()
	s.centred(s.left, s.width, s.bottom+3, 4, run{"", text}, 8)
	s.black()
}

func (s *sheet) bytes() ([]byte, error) {
	var b bytes.Buffer
	if s.err == nil {
		s.err = s.pdf.Output(&b)
	}
	if s.err != nil {
		return nil, fmt.Errorf("paper: %w", s.err)
	}
	return b.Bytes(), nil
}

// say is the package's say; an error ends the document.
func (s *sheet) say(key string, data any) string {
	text, err := say(key, data)
	if err != nil && s.err == nil {
		s.err = err
	}
	return text
}

func (s *sheet) y() float64      { return s.pdf.GetY() }
func (s *sheet) down(mm float64) { s.pdf.SetXY(s.left, s.y()+mm) }
func (s *sheet) grey()           { s.pdf.SetTextColor(95, 95, 95) }
func (s *sheet) black()          { s.pdf.SetTextColor(0, 0, 0) }

// room begins a new page unless h millimetres are left on this one.
func (s *sheet) room(h float64) {
	if s.y()+h > s.bottom {
		s.pdf.AddPage()
	}
}

// within draws in a narrower frame, dx from the left edge and w wide.
func (s *sheet) within(dx, w float64, draw func()) {
	left, width := s.left, s.width
	s.left, s.width = left+dx, w
	s.pdf.SetX(s.left)
	draw()
	s.left, s.width = left, width
	s.pdf.SetX(left)
}

// rule draws a thin line w wide around the centre cx.
func (s *sheet) rule(cx, y, w float64) {
	s.pdf.SetLineWidth(0.25)
	s.pdf.Line(cx-w/2, y, cx+w/2, y)
}

// centred writes one line in the middle of a box, shrunk when it is too long.
func (s *sheet) centred(x, w, y, h float64, r run, pt float64) {
	s.pdf.SetFont(family, r.style, pt)
	for pt > 6 && s.pdf.GetStringWidth(r.text) > w {
		pt -= 0.25
		s.pdf.SetFont(family, r.style, pt)
	}
	s.pdf.Text(x+(w-s.pdf.GetStringWidth(r.text))/2, y+h*0.72, r.text)
}

// dots draws a dotted line to write on.
func (s *sheet) dots(x1, x2, y float64) {
	if x2-x1 < 2 {
		return
	}
	s.pdf.SetLineWidth(0.3)
	s.pdf.SetDashPattern([]float64{0.3, 1.1}, 0)
	s.pdf.Line(x1, y, x2, y)
	s.pdf.SetDashPattern(nil, 0)
}
