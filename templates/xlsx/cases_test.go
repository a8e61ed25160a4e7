package xlsx

import (
	"bytes"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func TestAListOfCasesHidesWhatIsSealedAndSaysThatThereAreMore(t *testing.T) {
	t.Parallel()
	rows := func(yield func(CaseRow, error) bool) {
		_ = yield(CaseRow{Code: "TD26-0000-0000", Number: 12, Received: time.Date(2026, 3, 2, 9, 0, 0, 0, zone), Kind: "Phản ánh", Content: "=1+1",
			Due: time.Date(2026, 3, 20, 0, 0, 0, 0, zone), Help: time.Date(2026, 3, 9, 0, 0, 0, 0, zone), Remains: time.Date(2026, 4, 1, 0, 0, 0, 0, zone)}, nil) &&
			yield(CaseRow{Code: "TD26-1111-1111", Kind: "Tố cáo", Sealed: true}, nil)
	}
	b, err := Cases(Heading{Office: "Ban Tiếp công dân Mẫu", Sample: true, At: time.Date(2026, 3, 3, 9, 0, 0, 0, zone)}, rows, func() bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(f.GetSheetList()); n != 2 {
		t.Errorf("%d sheets", n)
	}
	for cell, want := range map[string]string{"A6": "TD26-0000-0000", "B6": "12", "M6": "=1+1", "M7": "Nội dung bảo mật, xem trong hồ sơ", "B7": "",
		"J6": "20/03/2026", "K6": "09/03/2026", "L6": "01/04/2026", "K7": "", "L7": ""} {
		if got, _ := f.GetCellValue("Hồ sơ", cell); got != want {
			t.Errorf("%s is %q, want %q", cell, got, want)
		}
	}
}
