package paper

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// receptionPapers are all papers of a reception, with sample data.
var receptionPapers = map[string]func() ([]byte, error){
	"slip":       func() ([]byte, error) { return Slip(sampleSlip()) },
	"schedule":   func() ([]byte, error) { return ScheduleNotice(sampleSchedule(12)) },
	"roster":     func() ([]byte, error) { return DutyRoster(sampleRoster()) },
	"signatures": func() ([]byte, error) { return SignatureSheet(sampleSignatures()) },
	"dossier":    func() ([]byte, error) { return Dossier(sampleDossier()) },
	"book":       func() ([]byte, error) { return Book(sampleBook(25)) },
	"refusal":    func() ([]byte, error) { return Refusal(sampleRefusal()) },
	"answer":     func() ([]byte, error) { return AnswerDate(sampleAnswer()) },
	"conclusion": func() ([]byte, error) { return Conclusion(sampleConclusion()) },
	"docx":       func() ([]byte, error) { return ConclusionDOCX(sampleConclusion()) },
	"directives": func() ([]byte, error) { return DirectiveReport(sampleDirectives()) },
	"results":    func() ([]byte, error) { return ResultReport(sampleResults()) },
}

func TestReceptionPapersAreTheSameEachTime(t *testing.T) {
	t.Parallel()
	for name, f := range receptionPapers {
		first := must(t)(f())
		if again := must(t)(f()); !bytes.Equal(first, again) {
			t.Errorf("%s differs", name)
		}
	}
}

func TestReceptionPapersOfNothing(t *testing.T) {
	t.Parallel()
	for name, f := range printers(nil) {
		if b := must(t)(f()); len(b) < 1000 {
			t.Errorf("%s: %d bytes", name, len(b))
		}
	}
}

func TestHostileTextPrintsOnReceptionPapers(t *testing.T) {
	t.Parallel()
	for _, first := range []int{0, 5, 11} {
		at := first
		next := func() string { at++; return hostile[at%len(hostile)] }
		for name, f := range printers(func(v reflect.Value) { flood(v, next) }) {
			if _, err := f(); err != nil {
				t.Errorf("%s, texts from %d on: %v", name, first, err)
			}
		}
	}
}

// printers make every paper from data that fill sets; nil leaves them zero.
func printers(fill func(reflect.Value)) map[string]func() ([]byte, error) {
	return map[string]func() ([]byte, error){
		"slip": printer(Slip, fill), "schedule": printer(ScheduleNotice, fill), "roster": printer(DutyRoster, fill),
		"signatures": printer(SignatureSheet, fill), "dossier": printer(Dossier, fill), "book": printer(Book, fill),
		"refusal": printer(Refusal, fill), "answer": printer(AnswerDate, fill), "conclusion": printer(Conclusion, fill),
		"docx": printer(ConclusionDOCX, fill), "directives": printer(DirectiveReport, fill), "results": printer(ResultReport, fill),
	}
}

func printer[T any](print func(T) ([]byte, error), fill func(reflect.Value)) func() ([]byte, error) {
	return func() ([]byte, error) {
		var d T
		if fill != nil {
			fill(reflect.ValueOf(&d).Elem())
		}
		return print(d)
	}
}

// flood sets each text within v to the next one, and everything else to something.
func flood(v reflect.Value, next func() string) {
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(on(12, 1, 8, 0)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(next())
	case reflect.Int, reflect.Int64:
		v.SetInt(3)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "Sealed" && v.Type().Field(i).Name != "QR" && v.Type().Field(i).Name != "Secret" {
				flood(v.Field(i), next)
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			flood(v.Index(i), next)
		}
	case reflect.Bool:
		v.SetBool(true)
	}
}

func TestSampleDataAreMarkedOnEachPage(t *testing.T) {
	t.Parallel()
	d := sampleSchedule(20)
	d.Office.Sample = true
	pdf := must(t)(ScheduleNotice(d))
	if n := strings.Count(textOfPDF(t, pdf), "Dữ liệu mẫu"); n != pages(pdf) {
		t.Errorf("the mark stands on %d of %d pages", n, pages(pdf))
	}
	d.Office.Sample = false
	lacks(t, textOfPDF(t, must(t)(ScheduleNotice(d))), "Dữ liệu mẫu")
	r := sampleReceipt()
	r.Office.Sample = true
	wants(t, textOfPDF(t, must(t)(Receipt(r))), "Dữ liệu mẫu")
}

func TestSlip(t *testing.T) {
	t.Parallel()
	pdf := must(t)(Slip(sampleSlip()))
	wants(t, textOfPDF(t, pdf), "PHIẾU HẸN TIẾP CÔNG DÂN", "SỐ THỨ TỰ", "05", "09:20", "Q7XK-2M4P", "Người Dân Mẫu 1",
		"08:00–11:30, Thứ Ba, ngày 01 tháng 12 năm 2026", "Phòng Tiếp công dân", "TD26-7K3M-Q9XE", "Giấy tờ tùy thân", "trước giờ dự kiến 15 phút", "0000 000 000")
	if n := pages(pdf); n != 1 {
		t.Errorf("%d pages, want 1", n)
	}
}

func TestSlipOfTheWaitingList(t *testing.T) {
	t.Parallel()
	d := sampleSlip()
	d.Number, d.Position, d.Rules, d.Bring = 0, 3, strings.Repeat("Nội quy riêng của cơ quan. ", 16), []string{"Bản vẽ hiện trạng"}
	d.Meeting.Delegated, d.Meeting.Why, d.Meeting.Was = true, "Chủ tịch đi công tác", on(11, 30, 0, 0)
	pdf := must(t)(Slip(d))
	text := textOfPDF(t, pdf)
	wants(t, text, "DANH SÁCH CHỜ", "03", "Chưa có chỗ", "Nội quy riêng", "Bản vẽ hiện trạng")
	lacks(t, text, "SỐ THỨ TỰ", "09:20", "15 phút")
	if n := pages(pdf); n != 1 {
		t.Errorf("%d pages, want 1", n)
	}
}

func TestSlipOfACancelledSessionSaysSo(t *testing.T) {
	t.Parallel()
	d := sampleSlip()
	d.Meeting.Cancelled, d.Meeting.Reason = true, "trùng kỳ họp"
	wants(t, textOfPDF(t, must(t)(Slip(d))), "KHÔNG TỔ CHỨC: trùng kỳ họp")
}

func TestAnswerDate(t *testing.T) {
	t.Parallel()
	pdf := must(t)(AnswerDate(sampleAnswer()))
	wants(t, textOfPDF(t, pdf), "GIẤY HẸN TRẢ LỜI", "Thứ Ba, 15/12/2026", "khoản 4 Điều 18", "45/2026", "Người tiếp công dân", "Cán bộ Mẫu 1")
	if n := pages(pdf); n != 1 {
		t.Errorf("%d pages, want 1", n)
	}
}

func TestRefusalNamesItsGround(t *testing.T) {
	t.Parallel()
	for ground, want := range map[string]string{
		"unfit": "khoản 1 Điều 9", "disruptive": "khoản 2 Điều 9", "final": "khoản 3 Điều 9", "other": "khoản 4 Điều 9", "": "Căn cứ Điều 9",
	} {
		d := sampleRefusal()
		d.Ground = ground
		text := textOfPDF(t, must(t)(Refusal(d)))
		wants(t, text, "Về việc từ chối tiếp công dân", want, "00/QĐ-UBND", "Số: 12/TB-TCD")
		if again := "Ông/Bà được tiếp vào lần khác"; strings.Contains(text, again) != (ground == "unfit" || ground == "disruptive") {
			t.Errorf("%q: who may come again is wrong in %s", ground, text)
		}
	}
}

func TestConclusion(t *testing.T) {
	t.Parallel()
	text := textOfPDF(t, must(t)(Conclusion(sampleConclusion())))
	wants(t, text, "Kết luận việc tiếp công dân ngày 01/12/2026", "trực tiếp chủ trì buổi tiếp công dân định kỳ", "4 lượt",
		"1. Người Dân Mẫu 1: đề nghị đo lại", "Giao Phòng Kinh tế Mẫu: đo lại diện tích, báo cáo kết quả, thời hạn đến hết ngày 15/12/2026.",
		"2. Người Dân Mẫu 2", "3. Nội dung được giữ bí mật", "Nơi nhận:", "KT. CHỦ TỊCH", "- Lưu: VT.")
	lacks(t, text, "Kín", "kín", "Người Tố Cáo Mẫu", "Kính gửi")
}

func TestConclusionForOneHasOnlyTheirItems(t *testing.T) {
	t.Parallel()
	whole := sampleConclusion()
	d := whole.For("Người Dân Mẫu 2", 2, 3)
	for name, text := range map[string]string{
		"pdf":  textOfPDF(t, must(t)(Conclusion(d))),
		"docx": plain(documentXML(t, must(t)(ConclusionDOCX(d)))),
	} {
		wants(t, text, "Kính gửi: Người Dân Mẫu 2", "1. Người Dân Mẫu 2: phản ánh tiếng ồn", "Ông/Bà biết")
		if name == "pdf" {
			lacks(t, text, "lượt công dân")
		}
		lacks(t, text, "Người Dân Mẫu 1", "đo lại", "bí mật", "kín", "ghi nhận ý kiến", "Trang thông tin")
	}
	if len(whole.Items) != 3 || whole.To != "" || len(whole.Letter.Recipients) != 4 {
		t.Errorf("the whole one is changed: %+v", whole)
	}
}

func TestConclusionDOCX(t *testing.T) {
	t.Parallel()
	text := plain(documentXML(t, must(t)(ConclusionDOCX(sampleConclusion()))))
	wants(t, text, "BAN TIẾP CÔNG DÂN TỈNH MẪU", "Số: 12/TB-TCD", "Tỉnh Mẫu, ngày 20 tháng 11 năm 2026", "Kết luận việc tiếp công dân ngày 01/12/2026",
		"1. Người Dân Mẫu 1: đề nghị đo lại", "3. Nội dung được giữ bí mật", "PHÓ CHỦ TỊCH", "- Lưu: VT.")
	lacks(t, text, "{{", "[[", "\x01", "Kính gửi", "kín", "Người Tố Cáo Mẫu")
	d := sampleConclusion()
	d.Office.Sample = true
	wants(t, entry(t, must(t)(ConclusionDOCX(d)), "word/footer1.xml"), "Dữ liệu mẫu")
}

func BenchmarkReceptionPapers(b *testing.B) {
	papers := map[string]func() ([]byte, error){
		"schedule120": func() ([]byte, error) { return ScheduleNotice(sampleSchedule(120)) },
		"book500":     func() ([]byte, error) { return Book(sampleBook(500)) },
	}
	for name, f := range receptionPapers {
		papers[name] = f
	}
	for name, f := range papers {
		b.Run(fmt.Sprint(name), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := f(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
