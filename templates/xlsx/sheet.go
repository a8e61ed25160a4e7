package xlsx

import (
	"time"

	"github.com/xuri/excelize/v2"
)

// column is one column of a sheet: its words' key, its width in letters, the style
// of its cells.
type column struct {
	key   string
	width float64
	style int
}

// sheet writes rows one after the other, so that a long book needs little memory.
type sheet struct {
	w    *workbook
	name string
	cols []column
	out  *excelize.StreamWriter
	row  int // the next one
	head int // the last row of the head
}

// head is how the columns' labels are written, and on how many rows.
type head struct {
	rows  int
	write func(*sheet)
}

// above are the rows over the head: the title, the office, the period, a note.
const above = 4

// sheet begins a sheet: its title and period, then the head, which stays in view
// and is printed on each page.
func (w *workbook) sheet(name, title string, cols []column, h head) *sheet {
	s := &sheet{w: w, name: w.say(name, nil), cols: cols, row: 1}
	if w.sheets++; w.sheets == 1 {
		w.note(w.f.SetSheetName("Sheet1", s.name))
	} else {
		_, err := w.f.NewSheet(s.name)
		w.note(err)
	}
	if w.err != nil {
		return s
	}
	w.note(s.printed())
	s.out, w.err = w.f.NewStreamWriter(s.name)
	for i, c := range cols {
		s.do(func() error { return s.out.SetColWidth(i+1, i+1, c.width) })
	}
	s.do(func() error { return s.out.SetPanes(frozen(above + h.rows)) })
	s.titles(title)
	h.write(s)
	s.head = s.row - 1
	s.do(func() error {
		return w.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: titleRows(s.name, above+1, s.head)})
	})
	return s
}

// printed sets the sheet up for paper: A4 across, as wide as the page.
func (s *sheet) printed() error {
	a4, across, fit, wide, high := 9, "landscape", true, 1, 0
	if err := s.w.f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return s.w.f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &across, FitToWidth: &wide, FitToHeight: &high})
}

// do runs one step unless an earlier one failed.
func (s *sheet) do(step func() error) {
	if s.w.err == nil {
		s.w.note(step())
	}
}

// write writes values as the next row, all in one style.
func (s *sheet) write(style int, values ...any) {
	cells := make([]any, len(values))
	for i, v := range values {
		cells[i] = s.cell(style, v)
	}
	s.put(cells)
}

// add writes a row of data, each value in its column's style.
func (s *sheet) add(values ...any) {
	cells := make([]any, len(values))
	for i, v := range values {
		cells[i] = s.cell(s.cols[i].style, v)
	}
	s.put(cells)
}

func (s *sheet) put(cells []any) {
	s.do(func() error {
		at, err := excelize.CoordinatesToCellName(1, s.row)
		if err != nil {
			return err
		}
		return s.out.SetRow(at, cells)
	})
	s.row++
}

// cell is a value as the library takes it: texts cleaned, and never a formula;
// times as the wall time of Vietnam; nothing for a time that is unknown.
func (s *sheet) cell(style int, v any) excelize.Cell {
	c := excelize.Cell{StyleID: s.w.styles[style], Value: v}
	switch v := v.(type) {
	case string:
		c.Value = Clean(v)
		if v == "" {
			c.Value = nil
		}
	case time.Time:
		c.Value = nil
		if !v.IsZero() {
			v = v.In(zone)
			c.Value = time.Date(v.Year(), v.Month(), v.Day(), v.Hour(), v.Minute(), 0, 0, time.UTC)
		}
	}
	return c
}

// titles writes what the sheet is, whose, and of which days.
func (s *sheet) titles(title string) {
	s.write(styleTitle, s.w.say(title, nil))
	s.write(stylePlain, s.w.Office)
	s.write(stylePlain, s.w.say("period", s.w.Heading))
	note := ""
	if s.w.Sample {
		note = s.w.say("sample", nil)
	}
	s.write(styleNote, note)
}

// oneLine is a head of one row.
var oneLine = head{1, (*sheet).labels}

func (s *sheet) labels() {
	values := make([]any, len(s.cols))
	for i, c := range s.cols {
		values[i] = s.w.say(c.key, nil)
	}
	s.write(styleHead, values...)
}

// end closes the sheet. One with a head of one row and with rows becomes a table
// called name, whose columns can be sorted and filtered.
func (s *sheet) end(name string) {
	if name != "" && s.row-1 > s.head {
		s.do(func() error {
			area, err := area(s.head, s.row-1, len(s.cols))
			if err != nil {
				return err
			}
			stripes := true
			return s.out.AddTable(&excelize.Table{Range: area, Name: name, StyleName: "TableStyleLight1", ShowRowStripes: &stripes})
		})
	}
	s.do(s.out.Flush)
}

// merge makes one cell of those from one corner to the other.
func (s *sheet) merge(col, row, toCol, toRow int) {
	s.do(func() error {
		from, err := excelize.CoordinatesToCellName(col, row)
		if err != nil {
			return err
		}
		to, err := excelize.CoordinatesToCellName(toCol, toRow)
		if err != nil {
			return err
		}
		return s.out.MergeCell(from, to)
	})
}
