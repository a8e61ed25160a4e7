package paper

import (
	"bytes"
	"image/png"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"tiepdan/internal/testenv"
)

// textOfPDF returns what a reader can select and copy, with single spaces.
func textOfPDF(t *testing.T, pdf []byte) string {
	t.Helper()
	return strings.Join(strings.Fields(rawText(t, pdf)), " ")
}

// rawText is the text as it stands on the pages, which form feeds part.
func rawText(t *testing.T, pdf []byte) string {
	t.Helper()
	cmd := exec.Command(testenv.Pdftotext(t), "-layout", "-enc", "UTF-8", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return norm.NFC.String(string(out))
}

func pages(pdf []byte) int { return bytes.Count(pdf, []byte("/Type /Page\n")) }

func must(t *testing.T) func([]byte, error) []byte {
	return func(b []byte, err error) []byte {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
}

func wants(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q is not printed in:\n%s", p, text)
		}
	}
}

func lacks(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if strings.Contains(text, p) {
			t.Errorf("%q is printed", p)
		}
	}
}

func TestReceipt(t *testing.T) {
	t.Parallel()
	pdf := must(t)(Receipt(sampleReceipt()))
	text := textOfPDF(t, pdf)
	wants(t, text, "PHIẾU TIẾP NHẬN THÔNG TIN", "TD26-7K3M-Q9XE", "402 917", "Người Dân Mẫu 1", "Phản ánh",
		"19 giờ 05 phút, Thứ Sáu, ngày 20 tháng 11 năm 2026", "Thứ Hai, ngày 23 tháng 11 năm 2026", "0456", "03 tệp",
		"Thứ Ba, ngày 08 tháng 12 năm 2026", "10 ngày làm việc, theo Điều 28 Luật Tiếp công dân", "@tiepdan_mau_bot",
		"Số 1, đường Mẫu", "0000 000 000", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
	lacks(t, text, "chưa phải là đơn", "không phải là đơn")
	if n := pages(pdf); n != 1 {
		t.Errorf("%d pages, want 1", n)
	}
}

func TestReceiptOfComplaintIsNoPetition(t *testing.T) {
	t.Parallel()
	d := sampleReceipt()
	d.Mode, d.AnswerBy = Prepare, time.Time{}
	pdf := must(t)(Receipt(d))
	text := textOfPDF(t, pdf)
	wants(t, text, "Đây chưa phải là đơn khiếu nại hợp lệ.", "ký hoặc điểm chỉ")
	lacks(t, text, "Chậm nhất")
	if n := pages(pdf); n != 1 {
		t.Errorf("%d pages, want 1", n)
	}
}

func TestReceiptOfDenunciationNamesNobody(t *testing.T) {
	t.Parallel()
	d := sampleReceipt()
	d.Mode = Guide
	pdf := must(t)(Receipt(d))
	text := textOfPDF(t, pdf)
	wants(t, text, "Đây không phải là đơn tố cáo.", "chính tài khoản đã gửi")
	lacks(t, text, "Người Dân Mẫu 1", "Người gửi")
	if n := pages(pdf); n != 1 {
		t.Errorf("%d pages, want 1", n)
	}
}

func TestReceiptWithoutAnything(t *testing.T) {
	t.Parallel()
	text := textOfPDF(t, must(t)(Receipt(ReceiptData{})))
	wants(t, text, "PHIẾU TIẾP NHẬN THÔNG TIN")
	lacks(t, text, "Tiếp nhận lúc", "Số trong sổ", "0001")
}

func TestPetition(t *testing.T) {
	t.Parallel()
	d := samplePetition()
	d.Complainant.IDIssuedOn = time.Date(2021, 2, 1, 0, 0, 0, 0, zone)
	text := textOfPDF(t, must(t)(Petition(d)))
	wants(t, text, "ĐƠN KHIẾU NẠI", "Kính gửi: Chủ tịch Ủy ban nhân dân phường Mẫu Một", "Họ và tên: Người Dân Mẫu 1",
		"Ngày cấp: 01/02/2021", "Khiếu nại lần đầu về việc:", "kết quả đo lại là 11,9 m", "hủy bỏ quyết định nói trên",
		"3. 05 ảnh chụp công trình", "Tôi xin cam đoan", "NGƯỜI KHIẾU NẠI", "(Ký hoặc điểm chỉ, ghi rõ họ tên)")
	lacks(t, text, "DANH SÁCH")
}

func TestShortPetitionTakesOnePage(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]PetitionData{"sample": samplePetition(), "empty": {}} {
		if n := pages(must(t)(Petition(d))); n != 1 {
			t.Errorf("%s: %d pages", name, n)
		}
	}
}

func TestPetitionOfAGroupCarriesTheListToSign(t *testing.T) {
	t.Parallel()
	d := samplePetition()
	d.People, d.Others = 23, []Person{{Name: "Người Dân Mẫu 2", Address: "Số 4, đường Mẫu"}}
	pdf := must(t)(Petition(d))
	text := textOfPDF(t, pdf)
	wants(t, text, "DANH SÁCH NGƯỜI KHIẾU NẠI", "Người Dân Mẫu 2", "Chúng tôi xin cam đoan", "23 người", "23")
	if n := strings.Count(text, "STT"); n != 2 {
		t.Errorf("the list's head stands on %d pages, want 2", n)
	}
}

func TestLongContentBreaksPages(t *testing.T) {
	t.Parallel()
	d := samplePetition()
	var want []string
	for i := range 400 {
		w := "đoạn" + strings.Repeat("x", i%7) + string(rune('a'+i%26))
		want = append(want, w+" nghĩa vụ của cơ quan có thẩm quyền giải quyết khiếu nại.")
	}
	d.Content = strings.Join(want, "\n")
	pdf := must(t)(Petition(d))
	text := textOfPDF(t, pdf)
	if n := strings.Count(text, "nghĩa vụ của cơ quan"); n != len(want) {
		t.Errorf("%d of %d paragraphs are printed", n, len(want))
	}
	if n := pages(pdf); n < 8 {
		t.Errorf("%d pages hold 400 paragraphs", n)
	}
	wants(t, text, "NGƯỜI KHIẾU NẠI")
}

func TestVietnameseLettersSurvive(t *testing.T) {
	t.Parallel()
	letters := vietnamese()
	if len(letters) != 2*(12*6+1+16) { // 12 vowels in 6 tones, đ, 16 plain consonants
		t.Fatalf("%d letters", len(letters))
	}
	for name, form := range map[string]norm.Form{"composed": norm.NFC, "decomposed": norm.NFD} {
		d := samplePetition()
		d.Content = form.String(strings.Join(letters, " "))
		text := textOfPDF(t, must(t)(Petition(d)))
		if !strings.Contains(strings.ReplaceAll(text, " ", ""), strings.Join(letters, "")) {
			t.Errorf("%s: letters are lost in\n%s", name, text)
		}
	}
}

func vietnamese() (letters []string) {
	tones := []string{"", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"}
	for _, v := range strings.Split("aăâeêioôơuưy", "") {
		for _, tone := range tones {
			l := norm.NFC.String(v + tone)
			letters = append(letters, l, strings.ToUpper(l))
		}
	}
	for _, c := range strings.Split("đbcdghklmnpqrstvx", "") {
		letters = append(letters, c, strings.ToUpper(c))
	}
	return letters
}

var hostile = []string{
	"", "😀", "👨‍👩‍👧‍👦 cả nhà 🇻🇳", "a\x00b\x01c\x02d\x1b[31m", "{{.Code}} [[row .X]] </w:t><script>", "\xff\xfe lỗi \xc3",
	"\u202Etxet desrever", "漢字 العربية ไทย", strings.Repeat("W", 5000), strings.Repeat("a\u0301", 3000),
	"Z" + strings.Repeat("\u0335\u0321\u0489", 400), strings.Repeat("\n", 500), "(\\) \\( endstream endobj %%EOF",
	"\U0010FFFF\uFFFF\uFFFE\uE000\uFEFF", strings.Repeat("từ ", 3000), "\u00a0\u2003\u00adx\u2028y",
}

func TestHostileTextPrints(t *testing.T) {
	t.Parallel()
	for _, h := range hostile {
		p := Person{Name: h, Address: h, Phone: h, IDNumber: h, IDIssuedBy: h}
		o := Office{Parent: h, Name: h, Place: h, Address: h, Phone: h, Hours: h}
		pd := PetitionData{To: h, Place: h, Complainant: p, OnBehalf: h, Others: []Person{p}, People: 3, Against: h,
			AgainstAddress: h, Subject: h, Content: h, Request: h, Attachments: []string{h, h}, Code: h}
		must(t)(Petition(pd))
		must(t)(Checklist(ChecklistData{Office: o, Code: h, Attachments: []string{h}}))
		must(t)(Receipt(ReceiptData{Office: o, Code: h, PIN: h, From: h, Kind: h, Field: h, Where: h, Number: h, Bot: h, Site: h}))
		docx := must(t)(PetitionDOCX(pd, nil))
		documentXML(t, docx)
	}
}

func TestSameDataSameBytes(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]func() ([]byte, error){
		"receipt":   func() ([]byte, error) { return Receipt(sampleReceipt()) },
		"petition":  func() ([]byte, error) { return Petition(samplePetition()) },
		"checklist": func() ([]byte, error) { return Checklist(sampleChecklist()) },
		"docx":      func() ([]byte, error) { return PetitionDOCX(samplePetition(), nil) },
	} {
		first := must(t)(f())
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if again, err := f(); err != nil || !bytes.Equal(first, again) {
					t.Errorf("%s differs: %v", name, err)
				}
			})
		}
		wg.Wait()
	}
}

func TestCallersDataIsNotChanged(t *testing.T) {
	t.Parallel()
	d := samplePetition()
	d.Attachments = []string{" a😀 "}
	must(t)(Petition(d))
	if d.Attachments[0] != " a😀 " {
		t.Errorf("the caller's slice became %q", d.Attachments)
	}
}

func TestChecklist(t *testing.T) {
	t.Parallel()
	text := textOfPDF(t, must(t)(Checklist(sampleChecklist())))
	wants(t, text, "GIẤY TỜ CẦN MANG THEO", "Quyết định giải quyết khiếu nại lần đầu", "văn bản cử",
		"08 giờ 30 phút, Thứ Ba, ngày 01 tháng 12 năm 2026", "05 ảnh chụp công trình")
	lacks(t, text, "Giấy ủy quyền")
}

func TestMonthsTakeAZeroOnlyBeforeMarch(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]string{
		"2026-01-05": "ngày 05 tháng 01 năm 2026", "2026-02-28": "ngày 28 tháng 02 năm 2026",
		"2026-03-09": "ngày 09 tháng 3 năm 2026", "2026-12-31": "ngày 31 tháng 12 năm 2026",
	} {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := say("date", at); err != nil || got != want {
			t.Errorf("%s: %q, %v", day, got, err)
		}
	}
}

func TestQRHasItsQuietZone(t *testing.T) {
	t.Parallel()
	img, err := png.Decode(bytes.NewReader(must(t)(QR("https://t.me/mau_bot?start=case_0123456789"))))
	if err != nil {
		t.Fatal(err)
	}
	side := img.Bounds().Dx()
	if side < 300 || side != img.Bounds().Dy() {
		t.Errorf("%v", img.Bounds())
	}
	dark := func(x, y int) bool { r, _, _, _ := img.At(x, y).RGBA(); return r == 0 }
	first := 0
	for !dark(first, first) {
		first++
	}
	module := first / quiet
	if first%quiet != 0 || !dark(first+7*module-1, first) || dark(first+7*module, first) {
		t.Errorf("the corner begins at %d, module %d", first, module)
	}
	if _, err := QR(strings.Repeat("x", 5000)); err == nil {
		t.Error("a text too long for a QR code has one")
	}
}

func BenchmarkReceipt(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Receipt(sampleReceipt()); err != nil {
			b.Fatal(err)
		}
	}
}

func TestAReceiptOfMuchKeepsToItsPage(t *testing.T) {
	t.Parallel()
	d := sampleReceipt()
	d.Mode, d.From = Prepare, "Nguyễn Thị Ngọc Quỳnh Mẫu Hoàng Phương Uyên Trang"
	d.LegalDay, d.Number = d.ReceivedAt.AddDate(0, 0, 1), "39/2026"
	_, loose, err := receipt(scrubbed(d), 1)
	if err != nil || loose < 2 {
		t.Fatalf("the test is of no use: %d pages, %v", loose, err)
	}
	if n := pages(must(t)(Receipt(d))); n != 1 {
		t.Errorf("%d pages", n)
	}
}

func TestAnOfficesNameBreaksBeforeItsPlace(t *testing.T) {
	t.Parallel()
	d := sampleReceipt()
	d.Office.Name = "Ban Tiếp công dân tỉnh Mẫu Dài"
	text := textOfPDF(t, must(t)(Receipt(d)))
	wants(t, text, "BAN TIẾP CÔNG DÂN", "TỈNH MẪU DÀI")
	lacks(t, text, "DÂN TỈNH MẪU")
}

func TestAPetitionSaysWhoSpeaksForItsGroup(t *testing.T) {
	t.Parallel()
	d := samplePetition()
	d.People, d.Speakers, d.Against, d.AgainstAddress = 12, []string{"Người Dân Mẫu 1", "Người Dân Mẫu 2"}, "Ủy ban nhân dân phường Mẫu, Số 1 đường Mẫu", ""
	text := textOfPDF(t, must(t)(Petition(d)))
	wants(t, text, "12 người (danh sách kèm theo); người đại diện: Người Dân Mẫu 1, Người Dân Mẫu 2")
	lacks(t, text, "Địa chỉ của cơ quan")
}
