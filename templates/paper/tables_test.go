package paper

import (
	"fmt"
	"strings"
	"testing"
)

// tokens are n words that stand nowhere else, and the text that they make.
func tokens(n int) (words []string, text string) {
	for i := range n {
		words = append(words, fmt.Sprintf("chữ%04d", i))
	}
	return words, strings.Join(words, " ")
}

func TestScheduleNotice(t *testing.T) {
	t.Parallel()
	text := textOfPDF(t, must(t)(ScheduleNotice(sampleSchedule(5))))
	wants(t, text, "LỊCH TIẾP CÔNG DÂN", "Quý IV năm 2026", "Số: 12/TB-TCD", "Các ngày làm việc: 07:30–11:30 và 13:30–17:00",
		"Ngày, giờ", "Nơi tiếp", "Người chủ trì", "Thành phần", "01/12/2026", "08:00–11:30", "Đăng ký: 10", "(thay ngày", "KHÔNG TỔ", "(được ủy quyền",
		"chậm nhất 17 giờ", "Nơi nhận:", "- Thường trực HĐND phường;", "- Lưu: VT.", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Cán bộ Mẫu 1")
}

func TestScheduleOf120Sessions(t *testing.T) {
	t.Parallel()
	pdf := must(t)(ScheduleNotice(sampleSchedule(120)))
	text := textOfPDF(t, pdf)
	if n := strings.Count(text, "08:00–11:30"); n != 120 {
		t.Errorf("%d of 120 sessions are printed", n)
	}
	if n := strings.Count(text, "Ngày, giờ"); n < pages(pdf)-1 {
		t.Errorf("the table's head stands on %d of %d pages", n, pages(pdf))
	}
}

func TestScheduleOfNothing(t *testing.T) {
	t.Parallel()
	pdf := must(t)(ScheduleNotice(sampleSchedule(0)))
	wants(t, textOfPDF(t, pdf), "Không có")
	if n := pages(pdf); n != 1 {
		t.Errorf("%d pages, want 1", n)
	}
}

func TestDutyRoster(t *testing.T) {
	t.Parallel()
	text := textOfPDF(t, must(t)(DutyRoster(sampleRoster())))
	wants(t, text, "LỊCH TRỰC TIẾP CÔNG DÂN THƯỜNG XUYÊN", "Từ ngày 01/12/2026 đến ngày 31/12/2026", "Buổi sáng", "Buổi chiều", "24/12/2026", "Nghỉ bù", "Cán bộ Mẫu 3")
	if n := strings.Count(text, "/12/2026"); n < 23+2 {
		t.Errorf("%d days", n)
	}
}

func TestSignatureSheet(t *testing.T) {
	t.Parallel()
	text := textOfPDF(t, must(t)(SignatureSheet(sampleSignatures())))
	wants(t, text, "DANH SÁCH CÔNG DÂN ĐẾN VÀ KÝ XÁC NHẬN", "Người Dân Mẫu 8", "09:00", "Ký xác nhận", "Người lập danh sách", "Cán bộ Mẫu 1, Chủ tịch")
	few, many := sampleSignatures(), sampleSignatures()
	few.Blank, many.Blank = 0, 60
	if a, b := pages(must(t)(SignatureSheet(few))), pages(must(t)(SignatureSheet(many))); b < a+2 {
		t.Errorf("%d and %d pages", a, b)
	}
}

func TestDossier(t *testing.T) {
	t.Parallel()
	d := sampleDossier()
	d.People[3].Name, d.People[3].Content, d.People[3].CaseCode = "Người Tố Cáo Mẫu", "chuyện kín", "TD26-AAAA-AAAA"
	text := textOfPDF(t, must(t)(Dossier(d)))
	wants(t, text, "HỒ SƠ BUỔI TIẾP CÔNG DÂN", "Số 1 · 08:00 · Người Dân Mẫu 1", "Số 4 · 09:00 · (giữ bí mật danh tính)", "đã quá hạn", "07 người (đoàn đông người)",
		"CD26-0012", "Các lần tiếp trước", "Ý kiến của người chủ trì", "tài liệu nội bộ")
	lacks(t, text, "Người Tố Cáo Mẫu", "chuyện kín", "TD26-AAAA-AAAA")
	if d.People[3].Name == "" {
		t.Error("the caller's slice is changed")
	}
}

func TestDossierKeepsAPartTogether(t *testing.T) {
	t.Parallel()
	var d DossierData
	for i := range 30 {
		d.People = append(d.People, DossierPart{Number: i + 1, Name: fmt.Sprintf("Người Dân Mẫu %d", i+1), Content: strings.Repeat(longVietnamese, i%5+1), Note: fmt.Sprintf("hết phần %d.", i+1)})
	}
	pdf := must(t)(Dossier(d))
	for _, page := range strings.Split(rawText(t, pdf), "\f") {
		for i := range d.People {
			head, end := fmt.Sprintf("Số %d ·", i+1), fmt.Sprintf("hết phần %d.", i+1)
			if strings.Contains(page, head) != strings.Contains(page, end) {
				t.Errorf("part %d is torn", i+1)
			}
		}
	}
}

func TestBookHasTheFormsColumns(t *testing.T) {
	t.Parallel()
	pdf := must(t)(Book(sampleBook(25)))
	text := textOfPDF(t, pdf)
	wants(t, text, "SỔ TIẾP CÔNG DÂN", "Từ ngày 01/10/2026 đến ngày 31/12/2026", "STT", "Họ tên - Địa chỉ", "Hướng xử lý", "(giữ bí mật danh tính)",
		"(1) (2) (3) (4) (5) (6) (7) (8) (9) (10) (11) (12)", "Đính chính", "22/11/2026", "000000000001")
	for _, label := range []string{"Hướng xử lý", "(1) (2) (3)", "STT"} {
		if n := strings.Count(text, label); n != pages(pdf) {
			t.Errorf("%q stands on %d of %d pages", label, n, pages(pdf))
		}
	}
}

func TestBookOf500Entries(t *testing.T) {
	t.Parallel()
	d := sampleBook(500)
	pdf := must(t)(Book(d))
	text := textOfPDF(t, pdf)
	for _, n := range []int{1, 250, 499, 500} {
		wants(t, text, fmt.Sprintf("Người Dân Mẫu %d ", min(n, 498)))
	}
	if n := strings.Count(text, "Hướng xử lý"); n != pages(pdf) {
		t.Errorf("the head stands on %d of %d pages", n, pages(pdf))
	}
}

func TestLongEntryRunsOverPages(t *testing.T) {
	t.Parallel()
	d := sampleBook(3)
	words, content := tokens(570) // some 4500 letters
	d.Rows[1].Content = content
	pdf := must(t)(Book(d))
	text := textOfPDF(t, pdf)
	at := 0
	for _, w := range words {
		i := strings.Index(text[at:], w)
		if i < 0 {
			t.Fatalf("%s is lost or out of order", w)
		}
		at += i
	}
	if n := strings.Count(text, "Hướng xử lý"); n != pages(pdf) || n < 3 {
		t.Errorf("the head stands on %d of %d pages", n, pages(pdf))
	}
	if n := strings.Count(text, "02/10/2026"); n != 1 {
		t.Errorf("the entry's day is printed %d times", n)
	}
}

func TestBookOfNobody(t *testing.T) {
	t.Parallel()
	wants(t, textOfPDF(t, must(t)(Book(BookData{}))), "Trong kỳ không có lượt tiếp nào.")
}

func TestDirectiveReport(t *testing.T) {
	t.Parallel()
	d := sampleDirectives()
	d.List[4].Task, d.List[4].Result = "việc kín", "kết quả kín"
	text := textOfPDF(t, must(t)(DirectiveReport(d)))
	wants(t, text, "BÁO CÁO TÌNH HÌNH THỰC HIỆN Ý KIẾN CHỈ ĐẠO", "Phòng Mẫu 12", "Tổng cộng 120 72 48 24 48 12", "CD26-0030", "Quá hạn", "Đôn đốc 2 lần", "(giữ bí mật)")
	lacks(t, text, "kín")
}

func TestResultReport(t *testing.T) {
	t.Parallel()
	text := textOfPDF(t, must(t)(ResultReport(sampleResults())))
	for _, want := range []string{"BÁO CÁO KẾT QUẢ GIẢI QUYẾT", "Phòng Xây dựng Mẫu", "TD26-7K3M-Q9XE", "12/QĐ-UBND", "Quá hạn 3 ngày", "Không có thời hạn", "05/11/2026"} {
		if !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
			t.Errorf("it doesn't say %q", want)
		}
	}
}
