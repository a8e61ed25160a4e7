package paper

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tiepdan"
)

var update = flag.Bool("update", false, "write the goldens anew")

// golden compares got with the file of that name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "case", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from its golden (-update writes it anew):\n%s", name, got)
	}
}

// caseFor is the sample case as the form's own law has it.
func caseFor(f Form) CaseLetter {
	d := SampleCase()
	switch {
	case strings.Contains(f.Kind, "denunciation"):
		d.Matter, d.Kind, d.Secret = Denunciation, "tố cáo", true
		d.Ground, d.Paper = "Điều 29 Luật Tố cáo", "Quyết định số 12/QĐ-BTCD ngày 20/11/2026"
	case f.Kind == "accept_feedback" || f.Kind == "verify_notice":
		d.Matter, d.Kind, d.Ground = Feedback, "phản ánh", "Điều 28 Luật Tiếp công dân"
	}
	return d
}

var (
	wordBreaks = regexp.MustCompile(`</w:p>|<w:br/>`)
	manySpaces = regexp.MustCompile(`[ \t]+`)
)

// tidy has a line for each line, and single spaces.
func tidy(s string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.ReplaceAll(s, "\f", "\n")) {
		if line = strings.TrimSpace(manySpaces.ReplaceAllString(line, " ")); line != "" {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

func wordText(t *testing.T, docx []byte) string {
	t.Helper()
	text := wordBreaks.ReplaceAllString(strings.ReplaceAll(documentXML(t, docx), "\n", ""), "\n")
	return tidy(plain(text))
}

func TestFormsReadAsTheirGoldens(t *testing.T) {
	t.Parallel()
	for _, f := range Forms() {
		t.Run(f.Kind, func(t *testing.T) {
			t.Parallel()
			d := caseFor(f)
			pdf := must(t)(CasePDF(f, d))
			golden(t, f.Kind+".pdf.txt", tidy(rawText(t, pdf)))
			golden(t, f.Kind+".docx.txt", wordText(t, must(t)(CaseDOCX(f, d, nil))))
			if n := pages(pdf); n > 1 {
				t.Errorf("a short letter takes %d pages", n)
			}
		})
	}
}

func TestFormsAreTheSameBytesEachTime(t *testing.T) {
	t.Parallel()
	for _, f := range Forms() {
		d := caseFor(f)
		if !bytes.Equal(must(t)(CasePDF(f, d)), must(t)(CasePDF(f, d))) {
			t.Errorf("%s as PDF differs", f.Kind)
		}
		if !bytes.Equal(must(t)(CaseDOCX(f, d, nil)), must(t)(CaseDOCX(f, d, nil))) {
			t.Errorf("%s as DOCX differs", f.Kind)
		}
	}
}

// Whoever sent a secret case, whom it names and what it says stand on no paper.
func TestSecretCasesAreNamedOnNoForm(t *testing.T) {
	t.Parallel()
	d := SampleCase()
	d.Secret, d.Matter, d.Kind = true, Denunciation, "tố cáo"
	d.Papers = []Item{{Name: "Ảnh của Người Dân Mẫu 1"}}
	gone := []string{"Người Dân Mẫu", "0000 000 001", "000000000001", "Số 2, đường Mẫu", "phường Mẫu Một bị", "bồi thường", "Đất đai"}
	for _, f := range Forms() {
		for name, text := range map[string]string{"PDF": textOfPDF(t, must(t)(CasePDF(f, d))), "DOCX": wordText(t, must(t)(CaseDOCX(f, d, nil)))} {
			for _, g := range gone {
				if strings.Contains(text, g) {
					t.Errorf("%s as %s says %q", f.Kind, name, g)
				}
			}
			if strings.Contains(text, "Ủy ban nhân dân phường Mẫu Một") {
				t.Errorf("%s as %s says whom it is about", f.Kind, name)
			}
		}
	}
}

// What is unknown is left open for a hand, and nothing else is printed for it.
func TestFormsWithoutAnything(t *testing.T) {
	t.Parallel()
	for _, f := range Forms() {
		text := textOfPDF(t, must(t)(CasePDF(f, CaseLetter{})))
		wants(t, text, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "………")
		lacks(t, text, "0001", "{{", "[[", "  ,", "<no value>")
		lacks(t, wordText(t, must(t)(CaseDOCX(f, CaseLetter{}, nil))), "{{", "[[", "0001")
	}
}

func TestCitizensWordsAreNoMarkupOnForms(t *testing.T) {
	t.Parallel()
	for _, h := range append(hostile, "**đậm**", "{{.Code}}", "[[para .Text]]{{.}}", "= X\n+ Y") {
		d := SampleCase()
		d.Content, d.Reason, d.Text, d.Sender.Name, d.Papers[0].Name = h, h, h, h, h
		for _, kind := range []string{"handover", "result", "proposal"} {
			f, _ := FormOf(kind)
			must(t)(CasePDF(f, d))
			must(t)(CaseDOCX(f, d, nil))
		}
	}
}

func TestFormsAreWhole(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, f := range Forms() {
		if f.File == "" || f.Source == "" || seen[f.Kind] || seen[f.File] {
			t.Errorf("%+v", f)
		}
		seen[f.Kind], seen[f.File] = true, true
		if _, err := time.Parse(time.DateOnly, f.ValidFrom); err != nil {
			t.Errorf("%s: %v", f.Kind, err)
		}
	}
	files, err := letterFiles.ReadDir("letters")
	if err != nil || len(files) != len(Forms())+1 {
		t.Errorf("%d files for %d forms, %v", len(files), len(Forms()), err)
	}
}

// A sample that left a field empty would prove nothing about a template that uses it.
func TestSampleCaseFillsEveryField(t *testing.T) {
	t.Parallel()
	fields, err := SampleCase().fields(Form{})
	if err != nil {
		t.Fatal(err)
	}
	v := reflect.ValueOf(fields)
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; v.Field(i).IsZero() && name != "Secret" {
			t.Errorf("%s is empty", name)
		}
	}
}

func TestManyPapersAreCountedNotNamed(t *testing.T) {
	t.Parallel()
	d := SampleCase()
	d.Papers = nil
	for range 12 {
		d.Papers = append(d.Papers, Item{Name: "Bản sao mẫu"})
	}
	text := textOfPDF(t, must(t)(CasePDF(guidanceForm(t), d)))
	wants(t, text, "và 07 tài liệu khác")
	if n := strings.Count(text, "Bản sao mẫu"); n != mostNamed {
		t.Errorf("%d papers are named", n)
	}
}

// A long petition is repeated by its beginning, a long answer whole.
func TestLongWordsRunOnToTheNextPage(t *testing.T) {
	t.Parallel()
	d := SampleCase()
	d.Content, d.Text = strings.Repeat("một nội dung rất dài ", 400), strings.Repeat("một câu trả lời rất dài ", 400)+"hết"
	f, _ := FormOf("proposal")
	wants(t, textOfPDF(t, must(t)(CasePDF(f, d))), "[…]")
	f, _ = FormOf("result")
	pdf := must(t)(CasePDF(f, d))
	wants(t, textOfPDF(t, pdf), "rất dài hết", "Nơi nhận:")
	if pages(pdf) < 2 {
		t.Error("it takes one page")
	}
}

// What answers' templates call a thing and what the papers do is one list.
func TestAnswersFieldsAreThePapers(t *testing.T) {
	t.Parallel()
	fields := reflect.TypeFor[CaseFields]()
	for _, f := range tiepdan.TemplateFields() {
		if _, ok := fields.FieldByName(f.Paper); !ok {
			t.Errorf("{{%s}}: papers know no %s", f.Name, f.Paper)
		}
	}
}

func TestAReasonKeepsItsParagraphs(t *testing.T) {
	t.Parallel()
	d := SampleCase()
	d.Reason = "Căn nhà nằm ngoài địa bàn.\nĐường ống do công ty mẫu quản lý."
	for _, kind := range []string{"guidance", "transfer", "refusal_notice"} {
		f, _ := FormOf(kind)
		fields, err := d.fields(f)
		if err != nil || len(fields.Reasons) != 2 || len(fields.ReasonsOrBlank) != 2 {
			t.Errorf("%s: %q", kind, fields.Reasons)
		}
		blocks, err := f.blocks()
		if err != nil || !slices.ContainsFunc(blocks, func(b block) bool { return strings.HasPrefix(b.each, ".Reasons") }) {
			t.Errorf("%s runs them into one: %v", kind, err)
		}
	}
}

func TestALawIsNamedOnce(t *testing.T) {
	t.Parallel()
	f, _ := FormOf("guidance")
	for ground, want := range map[string]bool{"Thông tư 05/2021/TT-TTCP, Mẫu số 02": false, "Thông tư 05/2021/TT-TTCP": false, "Thông tư 05/2021/TT-TTCP, Điều 1": true,
		"Thông tư 04/2021/TT-TTCP; Thông tư 05/2021/TT-TTCP": true, "Điều 11 Luật Khiếu nại": true, "": false} {
		d := SampleCase()
		d.Ground = ground
		if fields, err := d.fields(f); err != nil || (fields.AndGround != "") != want {
			t.Errorf("%q: %q", ground, fields.AndGround)
		}
	}
}

func TestAHeadingStaysWithWhatItIsOver(t *testing.T) {
	t.Parallel()
	f, _ := FormOf("proposal")
	heading := regexp.MustCompile(`(Kết quả phân loại|Đề xuất)\s*(Mã hồ sơ.*)?\f`)
	for n := range 24 {
		d := SampleCase()
		d.Findings, d.Proposal = "", ""
		d.Content = strings.Repeat("Một dòng nội dung mẫu vừa đủ dài để đi hết một dòng của trang giấy này.\n", n)
		if text := textOfPDF(t, must(t)(CasePDF(f, d))); heading.MatchString(text) {
			t.Errorf("after %d lines a heading stands alone", n)
		}
	}
}
