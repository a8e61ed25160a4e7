package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// Sample data: no person and no office of this name exists.
func heading() Heading {
	return Heading{Office: "Ban Tiếp công dân tỉnh Mẫu", From: at(10, 1, 0), Until: at(12, 31, 0), Sample: true, At: at(12, 31, 17)}
}

func at(m time.Month, d, h int) time.Time { return time.Date(2026, m, d, h, 0, 0, 0, zone) }

func sampleRow(n int) BookRow {
	return BookRow{
		Number: n, On: at(11, 2, 0), Person: fmt.Sprintf("Người Dân Mẫu %d\nSố 2, đường Mẫu", n), Identity: "000000000001",
		Content: "Đo lại diện tích thửa đất", KindPeople: "Kiến nghị/01 người", PriorBody: "UBND phường Mẫu Một",
		Accept: "Thụ lý, TD26-7K3M-Q9XE", Followed: "Đang giải quyết", Note: "Lần đầu",
	}
}

func sampleBook(n int) BookData {
	return BookData{Heading: heading(), Rows: rows(n, nil)}
}

func rows(n int, end error) iter.Seq2[BookRow, error] {
	return func(yield func(BookRow, error) bool) {
		for i := range n {
			if !yield(sampleRow(i+1), nil) {
				return
			}
		}
		if end != nil {
			yield(BookRow{}, end)
		}
	}
}

func sampleDirectives() DirectivesData {
	return DirectivesData{
		Heading: heading(), Units: []DirectiveUnit{{"Phòng Mẫu 1", 10, 6, 4, 2, 4, 1}, {"Phòng Mẫu 2", 3, 3, 3, 0, 0, 0}},
		List: []DirectiveRow{
			{Code: "CD26-0001", Task: "Đo lại diện tích", Unit: "Phòng Mẫu 1", Officer: "Cán bộ Mẫu 5", Status: "Đang thực hiện", Issued: at(11, 2, 9), Due: at(11, 16, 0), Overdue: true, Urged: 2},
			{Code: "CD26-0002", Task: "việc kín", Result: "kết quả kín", Unit: "Phòng Mẫu 2", Status: "Đã xong", Issued: at(11, 2, 9), Due: at(11, 16, 0), Done: at(11, 12, 15), Secret: true},
		},
	}
}

func sampleCompliance() ComplianceData {
	return ComplianceData{
		Heading: heading(), Heads: []HeadMonth{{"Cán bộ Mẫu 1", "Chủ tịch UBND phường Mẫu Một", at(11, 1, 0), 2, 2, 1, 1, 0, 0}},
		Units: []UnitAttendance{{"Phòng Mẫu 1", 8, 6, 5, 1, 2, 25}, {"Phòng Mẫu 2", 0, 0, 0, 0, 0, 0}},
	}
}

// open reads a workbook as a spreadsheet would.
func open(t *testing.T, b []byte, err error) *excelize.File {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// cells checks what stands in cells, as shown.
func cells(t *testing.T, f *excelize.File, sheet string, want map[string]string) {
	t.Helper()
	for at, v := range want {
		if got, err := f.GetCellValue(sheet, at); err != nil || got != v {
			t.Errorf("%s!%s is %q, want %q (%v)", sheet, at, got, v, err)
		}
	}
}

// kind checks of which type a cell is.
func kind(t *testing.T, f *excelize.File, sheet string, want map[string]excelize.CellType) {
	t.Helper()
	for at, k := range want {
		if got, err := f.GetCellType(sheet, at); err != nil || got != k {
			t.Errorf("%s!%s is of type %d, want %d (%v)", sheet, at, got, k, err)
		}
	}
}

func TestBook(t *testing.T) {
	t.Parallel()
	b, err := Book(sampleBook(3))
	f := open(t, b, err)
	const s = "Sổ tiếp công dân"
	cells(t, f, s, map[string]string{
		"A1": "SỔ TIẾP CÔNG DÂN", "A2": "Ban Tiếp công dân tỉnh Mẫu", "A3": "Từ ngày 01/10/2026 đến ngày 31/12/2026",
		"A4": "Dữ liệu mẫu: không có người, vụ việc và đơn vị nào như vậy",
		"A5": "STT", "B5": "Ngày tiếp", "C5": "Họ tên - Địa chỉ", "D5": "CMND/Hộ chiếu của công dân", "E5": "Nội dung vụ việc",
		"F5": "Phân loại đơn/Số người", "G5": "Cơ quan đã giải quyết", "H5": "Hướng xử lý", "H6": "Thụ lý để giải quyết",
		"I6": "Trả lại đơn và hướng dẫn", "J6": "Chuyển đơn đến cơ quan, tổ chức, đơn vị có thẩm quyền",
		"K5": "Theo dõi kết quả giải quyết", "L5": "Ghi chú", "A7": "(1)", "L7": "(12)",
		"A8": "1", "B8": "02/11/2026", "C8": "Người Dân Mẫu 1\nSố 2, đường Mẫu", "D8": "000000000001", "A10": "3", "L10": "Lần đầu",
	})
	kind(t, f, s, map[string]excelize.CellType{"A8": excelize.CellTypeUnset, "B8": excelize.CellTypeUnset, "D8": excelize.CellTypeInlineString})
	if raw, _ := f.GetCellValue(s, "B8", excelize.Options{RawCellValue: true}); raw != "46328" {
		t.Errorf("the day is kept as %q, want the number of the day", raw)
	}
	merged, err := f.GetMergeCells(s)
	if err != nil || len(merged) != 10 {
		t.Errorf("%d merged cells, want the common head and nine of two rows: %v", len(merged), err)
	}
}

func TestHeadStaysInViewAndOnEachPage(t *testing.T) {
	t.Parallel()
	b, err := Book(sampleBook(2))
	f := open(t, b, err)
	panes, err := f.GetPanes("Sổ tiếp công dân")
	if err != nil || !panes.Freeze || panes.YSplit != 7 {
		t.Errorf("the panes are %+v, %v", panes, err)
	}
	names := f.GetDefinedName()
	if len(names) != 1 || names[0].RefersTo != "'Sổ tiếp công dân'!$5:$7" {
		t.Errorf("printed on each page: %+v", names)
	}
	layout, err := f.GetPageLayout("Sổ tiếp công dân")
	if err != nil || *layout.Orientation != "landscape" || *layout.Size != 9 || *layout.FitToWidth != 1 {
		t.Errorf("the page is %+v, %v", layout, err)
	}
}

func TestTextStaysText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"a formula", `=HYPERLINK("http://x","y")`, `=HYPERLINK("http://x","y")`},
		{"a command", "+cmd|' /C calc'!A0", "+cmd|' /C calc'!A0"},
		{"leading noughts", "000123", "000123"},
		{"a date", "1/2/2026", "1/2/2026"},
		{"what looks like an escape", "_x0041_", "_x0041_"},
		{"markup", "</t></is><c>&amp;", "</t></is><c>&amp;"},
		{"decomposed", "Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt"},
		{"controls and hidden marks", "a\x00b\x1b[31m\u202ec\ufeff\uFFFE", "ab[31mc"},
		{"broken bytes", "a\xffb", "a\uFFFDb"},
		{"a family", "👨‍👩‍👧", "👨‍👩‍👧"},
		{"lines", "a\r\nb\u2028c", "a\nb\nc"},
	} {
		r := sampleRow(1)
		r.Content = c.in
		b, err := Book(BookData{Heading: heading(), Rows: func(yield func(BookRow, error) bool) { yield(r, nil) }})
		f := open(t, b, err)
		cells(t, f, "Sổ tiếp công dân", map[string]string{"E8": c.want})
		kind(t, f, "Sổ tiếp công dân", map[string]excelize.CellType{"E8": excelize.CellTypeInlineString})
		if formula, _ := f.GetCellFormula("Sổ tiếp công dân", "E8"); formula != "" {
			t.Errorf("%s: became the formula %q", c.name, formula)
		}
	}
}

func TestLongTextIsCutVisibly(t *testing.T) {
	t.Parallel()
	whole, long := strings.Repeat("nghĩa ", 700), strings.Repeat("😀", 20000)
	if got := Clean(whole); got != strings.TrimSpace(whole) {
		t.Error("4200 letters are cut")
	}
	r := sampleRow(1)
	r.Content = long
	b, err := Book(BookData{Heading: heading(), Rows: func(yield func(BookRow, error) bool) { yield(r, nil) }})
	got, _ := open(t, b, err).GetCellValue("Sổ tiếp công dân", "E8")
	if !strings.HasSuffix(got, "😀…") {
		t.Errorf("a long text ends in %q", got[max(0, len(got)-8):])
	}
}

func TestCorrectionIsSeen(t *testing.T) {
	t.Parallel()
	r := sampleRow(1)
	r.Version, r.Corrected = 3, time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	b, err := Book(BookData{Heading: heading(), Rows: func(yield func(BookRow, error) bool) { yield(r, nil) }})
	cells(t, open(t, b, err), "Sổ tiếp công dân", map[string]string{"L8": "Lần đầu\nĐã đính chính, bản 3, ngày 23/11/2026"})
}

func TestBookOfNobody(t *testing.T) {
	t.Parallel()
	b, err := Book(sampleBook(0))
	cells(t, open(t, b, err), "Sổ tiếp công dân", map[string]string{"A7": "(1)", "A8": ""})
}

func TestErrorAmongTheRowsEndsTheBook(t *testing.T) {
	t.Parallel()
	gone := errors.New("gone")
	if _, err := Book(BookData{Rows: rows(2, gone)}); !errors.Is(err, gone) {
		t.Errorf("got %v", err)
	}
}

func TestDirectives(t *testing.T) {
	t.Parallel()
	b, err := Directives(sampleDirectives())
	f := open(t, b, err)
	cells(t, f, "Theo đơn vị", map[string]string{"A5": "Đơn vị thực hiện", "A6": "Phòng Mẫu 1", "B6": "10", "E6": "2", "G6": "1", "A7": "Phòng Mẫu 2"})
	cells(t, f, "Danh sách", map[string]string{
		"A5": "Số", "A6": "CD26-0001", "B6": "Đo lại diện tích", "E6": "02/11/2026", "F6": "16/11/2026", "G6": "", "I6": "Có", "J6": "2",
		"B7": "(giữ bí mật)", "G7": "12/11/2026", "I7": "", "K7": "",
	})
	if raw, _ := f.GetCellValue("Danh sách", "E6", excelize.Options{RawCellValue: true}); raw != "46328" {
		t.Errorf("a day has a time of day: %q", raw)
	}
	kind(t, f, "Danh sách", map[string]excelize.CellType{"J6": excelize.CellTypeUnset})
	for sheet, area := range map[string]string{"Theo đơn vị": "A5:G7", "Danh sách": "A5:K7"} {
		tables, err := f.GetTables(sheet)
		if err != nil || len(tables) != 1 || tables[0].Range != area {
			t.Errorf("%s has the tables %+v, %v", sheet, tables, err)
		}
	}
}

func TestCompliance(t *testing.T) {
	t.Parallel()
	b, err := Compliance(sampleCompliance())
	f := open(t, b, err)
	cells(t, f, "Người đứng đầu", map[string]string{"A6": "Cán bộ Mẫu 1", "C6": "11/2026", "D6": "2", "F6": "1", "G6": "1", "H6": "1"})
	cells(t, f, "Đơn vị tham dự", map[string]string{"A1": "VIỆC THAM DỰ TIẾP CÔNG DÂN CỦA CÁC ĐƠN VỊ", "C6": "6", "D6": "75.0%", "H6": "25", "D7": ""})
}

func TestEmptyWorkbooks(t *testing.T) {
	t.Parallel()
	b, err := Directives(DirectivesData{})
	open(t, b, err)
	b, err = Compliance(ComplianceData{})
	open(t, b, err)
}

func TestSameDataSameBytes(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]func() ([]byte, error){
		"book":       func() ([]byte, error) { return Book(sampleBook(5)) },
		"directives": func() ([]byte, error) { return Directives(sampleDirectives()) },
		"compliance": func() ([]byte, error) { return Compliance(sampleCompliance()) },
	} {
		first, err := f()
		if err != nil {
			t.Fatal(err)
		}
		for range 8 {
			if again, err := f(); err != nil || !bytes.Equal(first, again) {
				t.Errorf("%s differs: %v", name, err)
			}
		}
	}
}

func BenchmarkBook(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Book(sampleBook(10_000)); err != nil {
			b.Fatal(err)
		}
	}
}
