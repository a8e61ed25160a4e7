package paper

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"
)

// wordFile makes a document with body as the text of its only part.
func wordFile(t *testing.T, body string) []byte {
	t.Helper()
	return must(t)(pack([]part{
		{"[Content_Types].xml", []byte("<Types/>")},
		{"word/document.xml", []byte(`<w:document xmlns:w="w"><w:body>` + body + `</w:body></w:document>`)},
		{"word/media/image1.png", []byte("old")},
	}))
}

func documentXML(t *testing.T, docx []byte) string { return entry(t, docx, "word/document.xml") }

func entry(t *testing.T, docx []byte, name string) string {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := zr.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := wellFormed(b); err != nil && strings.HasSuffix(name, ".xml") {
		t.Fatalf("%v in %s", err, b)
	}
	return string(b)
}

var tags = regexp.MustCompile(`<[^>]*>`)

func plain(xml string) string { return tags.ReplaceAllString(xml, "") }

// p is a paragraph of runs, r a row of paragraphs.
func p(texts ...string) string {
	var b strings.Builder
	for _, s := range texts {
		b.WriteString(`<w:r><w:rPr><w:b/></w:rPr><w:t>` + s + `</w:t></w:r><w:proofErr w:type="x"/>`)
	}
	return `<w:p w:rsidR="0">` + b.String() + `</w:p>`
}

func row(cells ...string) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString(`<w:tc>` + c + `</w:tc>`)
	}
	return `<w:tr w:x="1">` + b.String() + `</w:tr>`
}

type sheetData struct {
	Name  string
	Empty string
	Group bool
	Rows  []Person
	Lines []string
	Deep  struct{ Er string }
}

func TestFillDOCX(t *testing.T) {
	t.Parallel()
	d := sheetData{Name: "Người <Dân> & Mẫu", Group: true, Rows: []Person{{Name: "A"}, {Name: "B"}}, Lines: []string{"x", "y"}}
	d.Deep.Er = "z"
	for _, c := range []struct{ name, body, want string }{
		{"a field is filled and escaped", p("Tên: {{.Name}}."), "Tên: Người &lt;Dân&gt; &amp; Mẫu."},
		{"split over runs", p("Tên: {", "{.Na", "me}", "}."), "Tên: Người &lt;Dân&gt; &amp; Mẫu."},
		{"two split in a row", p("{{.Deep", ".Er}} và {{.De", "ep.Er}}!"), "z và z!"},
		{"rows are repeated", "<w:tbl>" + row(p("[[ro", "w .Rows]]{{.Name}}"), p("{{$.Deep.Er}};")) + "</w:tbl>", "Az;Bz;"},
		{"the inner row is repeated", "<w:tbl>" + row("<w:tbl>"+row(p("[[row .Rows]]{{.Name}}"))+"</w:tbl>"+p("!")) + "</w:tbl>", "AB!"},
		{"paragraphs are repeated", p("[[para .Lines]]{{.}},") + p("end"), "x,y,end"},
		{"an empty paragraph before isn't", `<w:p w:rsidR="1"/>` + p("[[para .Lines]]{{.}}"), "xy"},
		{"what is empty is left out", p("[[if-para .Empty]]gone") + p("[[if-para .Group]]kept"), "kept"},
		{"a table is left out", "<w:tbl>" + row(p("[[if-table .Empty]]gone")) + "</w:tbl>" + p("kept"), "kept"},
		{"single braces are text", p("{a} [b] }}"), "{a} [b] }}"},
	} {
		docx, err := FillDOCX(wordFile(t, c.body), d)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := plain(documentXML(t, docx)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestFillDOCXRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, body, says string }{
		{"a field that isn't there", p("{{.Nmae}}"), "Nmae"},
		{"code", p("{{printf .Name}}"), "no field"},
		{"pipelines", p("{{.Name | html}}"), "no field"},
		{"what is never closed", p("{{.Name"), "no field"},
		{"a row outside a table", p("[[row .Rows]]"), "row"},
		{"an unknown mark", p("[[rwo .Rows]]"), "rwo"},
		{"a NUL", p("{{\x00range .Rows}}"), "NUL"},
	} {
		if _, err := FillDOCX(wordFile(t, c.body), sheetData{}); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := FillDOCX([]byte("no zip"), sheetData{}); err == nil {
		t.Error("any bytes are a template")
	}
	macro := must(t)(pack([]part{{"word/vbaProject.bin", nil}}))
	if _, err := FillDOCX(macro, sheetData{}); err == nil {
		t.Error("a template with macros is filled")
	}
	bomb := must(t)(pack([]part{{"word/document.xml", make([]byte, maxDOCX+1)}}))
	if _, err := FillDOCX(bomb, sheetData{}); err == nil {
		t.Error("a template unfolds without limit")
	}
}

func TestFillDOCXValuesAreNoMarkup(t *testing.T) {
	t.Parallel()
	for _, h := range append(hostile, "a\nb\tc", "{{.Empty}}", "[[para .Lines]]", "</w:t></w:r></w:p>") {
		docx, err := FillDOCX(wordFile(t, p("{{.Name}}")), sheetData{Name: h})
		if err != nil {
			t.Errorf("%q: %v", h, err)
			continue
		}
		if got := documentXML(t, docx); strings.Count(got, "<w:p ") != 1 || strings.Count(got, "<w:r>") != 1 {
			t.Errorf("%q made markup: %s", h, got)
		}
	}
}

func TestFillDOCXReplacesImages(t *testing.T) {
	t.Parallel()
	docx := must(t)(FillDOCX(wordFile(t, p("x")), nil, Image{"word/media/image1.png", []byte("new")}))
	if got := entry(t, docx, "word/media/image1.png"); got != "new" {
		t.Errorf("the image is %q", got)
	}
}

func TestPetitionDOCX(t *testing.T) {
	t.Parallel()
	d := samplePetition()
	text := plain(documentXML(t, must(t)(PetitionDOCX(d, nil))))
	wants(t, text, "Kính gửi: Chủ tịch Ủy ban", "Họ và tên: Người Dân Mẫu 1", "11,9 m", "1. Bản sao quyết định", "Khiếu nại lần đầu về việc: Quyết định")
	lacks(t, text, "DANH SÁCH", "{{", "[[", "STT")
	d.People = 3
	xml := documentXML(t, must(t)(PetitionDOCX(d, nil)))
	wants(t, plain(xml), "DANH SÁCH NGƯỜI KHIẾU NẠI", "STT", "Chúng tôi xin cam đoan")
	if n := strings.Count(xml, "<w:tr>"); n != 4 {
		t.Errorf("%d rows, want a head and three", n)
	}
	empty := documentXML(t, must(t)(PetitionDOCX(PetitionData{}, nil)))
	if n := strings.Count(empty, "<w:tab/>"); n < 18 {
		t.Errorf("%d dotted lines in an empty petition", n)
	}
}
