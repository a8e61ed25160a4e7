package paper

import (
	"fmt"
	"strconv"
	"strings"
)

// CaseTemplate returns the Word template of a form, for an office to change in Word.
func CaseTemplate(f Form) ([]byte, error) {
	if f.Apart {
		return PetitionTemplate()
	}
	blocks, err := f.blocks()
	if err != nil {
		return nil, err
	}
	base, err := packed("case")
	if err != nil {
		return nil, err
	}
	parts, err := unpack(base)
	if err != nil {
		return nil, err
	}
	for i, p := range parts {
		if p.name == "word/document.xml" {
			parts[i].data = []byte(strings.Replace(string(p.data), "<!-- body -->", wordBody(blocks), 1))
		}
	}
	return pack(parts)
}

// CaseDOCX returns the form f of a case as a Word file: the office's own template
// filled, or the built-in one where there is none.
func CaseDOCX(f Form, d CaseLetter, own []byte) (docx []byte, err error) {
	if own == nil {
		if own, err = CaseTemplate(f); err != nil {
			return nil, err
		}
	}
	fields, err := d.fields(f)
	if err != nil {
		return nil, fmt.Errorf("paper: %s: %w", f.Kind, err)
	}
	return FillDOCX(own, fields)
}

// wordStyle is how Word sets a kind of block: its paragraph's and its runs' properties.
type wordStyle struct{ para, run string }

var wordStyles = map[string]wordStyle{
	"":  {`<w:pStyle w:val="Body"/>`, ""},
	"=": {`<w:pStyle w:val="Centred"/><w:spacing w:before="360" w:after="0"/>`, `<w:b/><w:sz w:val="30"/>`},
	"+": {`<w:pStyle w:val="Centred"/>`, `<w:b/>`},
	">": {`<w:pStyle w:val="Centred"/><w:spacing w:after="140"/>`, ""},
	"^": {`<w:pStyle w:val="Centred"/><w:spacing w:before="80" w:after="120"/>`, `<w:b/>`},
	"_": {`<w:pStyle w:val="Body"/>`, `<w:i/>`},
	"-": {`<w:pStyle w:val="Field"/><w:ind w:firstLine="567"/>`, ""},
}

// wordRule is the line under a title.
const wordRule = `<w:p><w:pPr><w:pStyle w:val="Centred"/><w:spacing w:after="200"/></w:pPr><w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t xml:space="preserve">―――――――</w:t></w:r></w:p>`

// wordBody is the blocks as Word has them, fields and marks as they are written.
func wordBody(blocks []block) string {
	var b strings.Builder
	for i, bl := range blocks {
		next := ""
		if i+1 < len(blocks) {
			next = blocks[i+1].kind
		}
		switch bl.kind {
		case "||":
			b.WriteString(wordTable(bl, blocks[i+1]))
		case "|":
		case "[signed]":
			b.WriteString(wordSigned)
		case "[both]":
			b.WriteString(wordBoth(bl.cells))
		default:
			st := wordStyles[bl.kind]
			b.WriteString(wordPara(st.para, st.run, bl.mark, bl.cells[0]))
		}
		if bl.kind == "+" || bl.kind == "=" && next != "+" {
			b.WriteString(wordRule)
		}
	}
	return b.String()
}

// wordPara is a paragraph; its bold parts are runs of their own.
func wordPara(para, props, mark, text string) string {
	var b strings.Builder
	b.WriteString(`<w:p><w:pPr>` + para + `</w:pPr>`)
	for i, part := range strings.Split(text, "**") {
		p := props
		if i%2 == 1 {
			p = "<w:b/>" + props
		}
		if part = mark + part; part == "" {
			continue
		}
		mark = ""
		said, _ := escape(part) // fields have nothing to escape
		b.WriteString(`<w:r>` + runProps(p) + `<w:t xml:space="preserve">` + said + `</w:t></w:r>`)
	}
	return b.String() + "</w:p>\n"
}

func runProps(p string) string {
	if p == "" {
		return ""
	}
	return `<w:rPr>` + p + `</w:rPr>`
}

// page is the width of a page's text in twentieths of a point, mm one millimetre.
const (
	wordWidth = 9184
	wordMM    = 56.7
)

// wordTable is a table with a head that stands again on each page, and its one row,
// which is repeated.
func wordTable(head, row block) string {
	cols, left, open := make([]int, len(head.cells)), wordWidth, 0
	labels := make([]string, len(head.cells))
	for i, c := range head.cells {
		width, label, _ := strings.Cut(c, ":")
		mm, _ := strconv.ParseFloat(width, 64) // the page's own test reads them
		cols[i], labels[i] = int(mm*wordMM), label
		if left -= cols[i]; cols[i] == 0 {
			open = i
		}
	}
	cols[open] = left
	var b strings.Builder
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="9184" w:type="dxa"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/>` + wordMargins(57) + `</w:tblPr><w:tblGrid>`)
	for _, c := range cols {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, c)
	}
	b.WriteString("</w:tblGrid>\n" + wordRow(`<w:tblHeader/>`, "<w:b/>", cols, labels, ""))
	b.WriteString(wordRow("", "", cols, row.cells, row.mark) + "</w:tbl>\n")
	return b.String() + `<w:p><w:pPr><w:spacing w:after="60" w:line="120" w:lineRule="exact"/></w:pPr></w:p>` + "\n"
}

func wordRow(props, run string, cols []int, cells []string, mark string) string {
	var b strings.Builder
	b.WriteString(`<w:tr><w:trPr><w:cantSplit/>` + props + `</w:trPr>`)
	for i, c := range cells {
		style := `<w:pStyle w:val="Centred"/>`
		if run == "" { // rows of a long table go on to the next page
			style += `<w:keepNext w:val="0"/>`
		}
		if i == 1 && run == "" {
			style = `<w:spacing w:after="0"/>`
		}
		fmt.Fprintf(&b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, cols[i])
		b.WriteString(wordPara(style, run+`<w:sz w:val="25"/>`, mark, c) + `</w:tc>`)
		mark = ""
	}
	return b.String() + "</w:tr>\n"
}

// wordPair is a table of two columns without lines, as signatures stand in.
func wordPair(left, right string) string {
	cell := func(w int, s string) string {
		return fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>%s</w:tc>`, w, s)
	}
	return `<w:tbl><w:tblPr><w:tblW w:w="9184" w:type="dxa"/><w:tblLayout w:type="fixed"/>` + wordMargins(0) + `</w:tblPr><w:tblGrid><w:gridCol w:w="4584"/><w:gridCol w:w="4600"/></w:tblGrid>` +
		"\n<w:tr><w:trPr><w:cantSplit/></w:trPr>" + cell(4584, left) + cell(4600, right) + "</w:tr></w:tbl>\n"
}

// wordMargins is the white beside the text of a table's cells.
func wordMargins(w int) string {
	return fmt.Sprintf(`<w:tblCellMar><w:left w:w="%[1]d" w:type="dxa"/><w:right w:w="%[1]d" w:type="dxa"/></w:tblCellMar>`, w)
}

const plainPara = `<w:pStyle w:val="Normal"/><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>`

// wordGap is the room for a signature.
const wordGap = `<w:p><w:pPr><w:pStyle w:val="Centred"/><w:spacing w:after="1200"/></w:pPr></w:p>`

var wordSigned = wordPair(
	wordPara(`<w:pStyle w:val="Normal"/><w:spacing w:before="200" w:after="0" w:line="240" w:lineRule="auto"/>`, `<w:b/><w:i/><w:sz w:val="24"/>`, "", "{{.To}}")+
		wordPara(plainPara, `<w:sz w:val="22"/>`, "[[para .Recipients]]", "{{.}}"),
	wordPara(`<w:pStyle w:val="Centred"/><w:spacing w:before="200"/>`, `<w:b/>`, "[[if-para .FirstRole]]", "{{.FirstRole}}")+
		wordPara(`<w:pStyle w:val="Centred"/>`, `<w:b/>`, "[[para .MoreRole]]", "{{.}}")+wordGap+
		wordPara(`<w:pStyle w:val="Centred"/>`, `<w:b/>`, "", "{{.Signer}}"))

func wordBoth(titles []string) string {
	sides := make([]string, 2)
	for i := range sides {
		sides[i] = wordPara(`<w:pStyle w:val="Centred"/><w:spacing w:before="240"/>`, `<w:b/><w:sz w:val="26"/>`, "", titles[i]) +
			wordPara(`<w:pStyle w:val="Centred"/>`, `<w:i/><w:sz w:val="23"/>`, "", "{{.SignHow}}") + wordGap
	}
	return wordPair(sides[0], sides[1])
}
