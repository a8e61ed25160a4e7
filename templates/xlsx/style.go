package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// The styles of cells.
const (
	stylePlain   = iota
	styleTitle   // of the sheet
	styleNote    // small print
	styleHead    // of a column
	styleText    // wrapped, from the top
	styleDate    // a day
	styleMoment  // a day and time
	styleMonth   // a month
	styleNumber  // a count
	stylePercent // a share
	styles
)

// font is the letter of administrative papers (Decree 30/2020).
const font = "Times New Roman"

func (w *workbook) addStyles() {
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	middle := &excelize.Alignment{Vertical: "center", Horizontal: "center", WrapText: true}
	mid := &excelize.Alignment{Vertical: "top", Horizontal: "center"}
	plain := &excelize.Font{Family: font, Size: 11}
	for i, st := range [styles]excelize.Style{
		stylePlain: {Font: plain},
		styleTitle: {Font: &excelize.Font{Family: font, Size: 15, Bold: true}},
		styleNote:  {Font: &excelize.Font{Family: font, Size: 10, Italic: true, Color: "5F5F5F"}},
		styleHead: {Font: &excelize.Font{Family: font, Size: 11, Bold: true}, Alignment: middle, Border: thin(),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F2F0"}}},
		styleText:    {Font: plain, Alignment: top, Border: thin()},
		styleDate:    {Font: plain, Alignment: mid, Border: thin(), CustomNumFmt: as("dd/mm/yyyy")},
		styleMoment:  {Font: plain, Alignment: mid, Border: thin(), CustomNumFmt: as("dd/mm/yyyy hh:mm")},
		styleMonth:   {Font: plain, Alignment: mid, Border: thin(), CustomNumFmt: as("mm/yyyy")},
		styleNumber:  {Font: plain, Alignment: mid, Border: thin(), CustomNumFmt: as("0")},
		stylePercent: {Font: plain, Alignment: mid, Border: thin(), CustomNumFmt: as("0.0%")},
	} {
		id, err := w.f.NewStyle(&st)
		w.note(err)
		w.styles[i] = id
	}
}

func as(format string) *string { return &format }

func thin() (bs []excelize.Border) {
	for _, side := range []string{"left", "top", "right", "bottom"} {
		bs = append(bs, excelize.Border{Type: side, Color: "808080", Style: 1})
	}
	return bs
}

// frozen keeps the rows up to the head's last in view.
func frozen(rows int) *excelize.Panes {
	return &excelize.Panes{Freeze: true, YSplit: rows, TopLeftCell: fmt.Sprintf("A%d", rows+1), ActivePane: "bottomLeft"}
}

// titleRows names the rows that are printed on each page.
func titleRows(sheet string, from, to int) string {
	return fmt.Sprintf("'%s'!$%d:$%d", sheet, from, to)
}

// area names the cells of rows from to to.
func area(from, to, cols int) (string, error) {
	last, err := excelize.CoordinatesToCellName(cols, to)
	return fmt.Sprintf("A%d:%s", from, last), err
}
