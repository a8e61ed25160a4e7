package xlsx

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
)

func sampleResults() ResultsData {
	return ResultsData{
		Heading: heading(), Units: []ResultUnit{{"Phòng Mẫu 1", 4, 2, 1, 1}, {"Phòng Mẫu 2", 1, 0, 0, 1}},
		List: []ResultRow{
			{Code: "TD26-7K3M-Q9XE", Kind: "Khiếu nại", Unit: "Phòng Mẫu 1", Outcome: "Đúng một phần", Document: "=12/QĐ-UBND", Signed: at(11, 2, 0), Answered: at(11, 3, 0),
				How: "Qua bưu điện", Delivered: at(11, 5, 0), Due: at(11, 1, 0), Late: 2, Reported: at(11, 9, 8), ToldTo: "Cán bộ Mẫu 1, Cán bộ Mẫu 2"},
			{Code: "TD26-0000-0001", Kind: "Phản ánh", Unit: "Phòng Mẫu 2", Answered: at(11, 4, 0), How: "Qua tin nhắn", Delivered: at(11, 4, 0), Reported: at(11, 9, 8)},
		},
	}
}

func TestResults(t *testing.T) {
	t.Parallel()
	b, err := Results(sampleResults())
	f := open(t, b, err)
	cells(t, f, "Theo đơn vị", map[string]string{"A1": "KẾT QUẢ GIẢI QUYẾT ĐÃ BÁO CÁO", "A6": "Phòng Mẫu 1", "B6": "4", "D6": "1", "F6": "66.7%", "F7": ""})
	cells(t, f, "Danh sách", map[string]string{"A6": "TD26-7K3M-Q9XE", "D6": "Đúng một phần", "E6": "=12/QĐ-UBND", "F6": "02/11/2026", "I6": "05/11/2026", "K6": "2",
		"M6": "Cán bộ Mẫu 1, Cán bộ Mẫu 2", "D7": "", "F7": "", "J7": "", "K7": ""})
	kind(t, f, "Danh sách", map[string]excelize.CellType{"E6": excelize.CellTypeInlineString, "F6": excelize.CellTypeUnset, "K6": excelize.CellTypeUnset})
	if n := len(f.GetSheetList()); n != 2 {
		t.Errorf("%d sheets", n)
	}
	d := sampleResults()
	d.More = true
	b, err = Results(d)
	if n := len(open(t, b, err).GetSheetList()); n != 3 {
		t.Errorf("%d sheets when there were more", n)
	}
}

func sampleSatisfaction() SatisfactionData {
	return SatisfactionData{
		Heading: heading(), Reasons: []string{"Chưa đúng nội dung", "Chậm"},
		Lines: []SatisfactionLine{{Unit: "Phòng Mẫu 1", Kind: "Phản ánh", Answered: 9, Asked: 7, Rated: 4, Good: 2, Fair: 1, Bad: 1, Reasons: []int{0, 1}, Reopened: 1},
			{Unit: "Phòng Mẫu 2", Kind: "Kiến nghị", Answered: 1, Reasons: []int{0, 0}}},
		Words: []SatisfactionWords{{Code: "TD26-7K3M-Q9XE", Unit: "Phòng Mẫu 1", Kind: "Phản ánh", At: at(11, 2, 9), Rating: "👎 Chưa hài lòng", Reason: "Chậm", Words: "=1+1 chậm quá"}},
	}
}

func TestSatisfaction(t *testing.T) {
	t.Parallel()
	b, err := Satisfaction(sampleSatisfaction())
	f := open(t, b, err)
	cells(t, f, "Theo đơn vị", map[string]string{"A1": "MỨC ĐỘ HÀI LÒNG CỦA CÔNG DÂN", "A6": "Phòng Mẫu 1", "C6": "9", "D6": "7", "E6": "4", "I6": "50.0%", "J6": "1", "I7": ""})
	cells(t, f, "Lý do", map[string]string{"A6": "Phòng Mẫu 1", "C6": "Chậm", "D6": "1", "A7": ""})
	cells(t, f, "Ý kiến", map[string]string{"A6": "TD26-7K3M-Q9XE", "E6": "👎 Chưa hài lòng", "G6": "=1+1 chậm quá"})
	kind(t, f, "Ý kiến", map[string]excelize.CellType{"G6": excelize.CellTypeInlineString})
}

func TestWorkbooksOfResultsAreTheSameEachTimeAndOfNothing(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]func() ([]byte, error){
		"results": func() ([]byte, error) { return Results(sampleResults()) }, "satisfaction": func() ([]byte, error) { return Satisfaction(sampleSatisfaction()) },
		"no results": func() ([]byte, error) { return Results(ResultsData{}) }, "no satisfaction": func() ([]byte, error) { return Satisfaction(SatisfactionData{}) },
	} {
		first, err := f()
		again, err2 := f()
		if err != nil || err2 != nil || !bytes.Equal(first, again) || len(first) < 1000 {
			t.Errorf("%s: %d bytes, %v, %v", name, len(first), err, err2)
		}
	}
}
