package paper

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strings"
	"text/template"
	"time"
)

// Image replaces a picture of a template: Name is its path in the file, such as
// "word/media/image1.png".
type Image struct {
	Name string
	Data []byte
}

// maxDOCX is how large a template may unfold: an office uploads its own.
const maxDOCX = 32 << 20

// FillDOCX fills a Word document. In its text, header and footers
//
//	{{.Name}}            is the field's value; {{.}} the item of a repetition
//	[[row .People]]      repeats the table row that it stands in for each item
//	[[para .Lines]]      repeats its paragraph for each item
//	[[if-row .Name]]     keeps its row only when the field isn't empty; likewise
//	                     if-para and if-table
//
// however Word split these over runs. Values are escaped; a newline in them breaks
// the line, a tab goes to the next tab stop. A field that data lacks and any other
// action is an error that names it, so that a trial filling proves an uploaded
// template. Templates can call the methods of data: hand it plain structs.
func FillDOCX(docx []byte, data any, images ...Image) ([]byte, error) {
	parts, err := unpack(docx)
	if err != nil {
		return nil, fmt.Errorf("paper: template: %w", err)
	}
	for i, p := range parts {
		for _, img := range images {
			if p.name == img.Name {
				parts[i].data = img.Data
			}
		}
		if filled.MatchString(p.name) {
			if parts[i].data, err = fillPart(p, data); err != nil {
				return nil, fmt.Errorf("paper: template: %s: %w", p.name, err)
			}
		}
	}
	return pack(parts)
}

// filled are the parts that hold a document's own text.
var filled = regexp.MustCompile(`^word/(document|header\d*|footer\d*|footnotes)\.xml$`)

type part struct {
	name string
	data []byte
}

// unpack reads a document. One with macros is refused: we hand these files on.
func unpack(docx []byte) (parts []part, err error) {
	zr, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		return nil, err
	}
	left := int64(maxDOCX)
	for _, f := range zr.File {
		if strings.HasSuffix(strings.ToLower(f.Name), "vbaproject.bin") {
			return nil, fault(FaultMacros, f.Name)
		}
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		b, err := readPart(f, left)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		left -= int64(len(b))
		parts = append(parts, part{f.Name, b})
	}
	return parts, nil
}

func readPart(f *zip.File, most int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(b)) > most {
		err = fault(FaultTooLarge, f.Name)
	}
	return b, err
}

// epoch is the first day that a zip file can name.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// pack writes parts in their order and with one date: the same bytes each time.
func pack(parts []part) ([]byte, error) {
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := zw.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: epoch})
		if err == nil {
			_, err = w.Write(p.data)
		}
		if err != nil {
			return nil, fmt.Errorf("paper: %w", err)
		}
	}
	if err := zw.Close(); err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	return b.Bytes(), nil
}

func fillPart(p part, data any) ([]byte, error) {
	text, err := prepare(string(p.data))
	if err != nil {
		return nil, err
	}
	t, err := template.New("part").Option("missingkey=error").
		Funcs(template.FuncMap{"escape": escape}).Parse(text)
	if err != nil {
		return nil, err
	}
	b := bounded{left: maxDOCX}
	if err := t.Execute(&b, data); err != nil {
		return nil, err
	}
	return b.Bytes(), wellFormed(b.Bytes())
}

// bounded is a buffer that repetitions within repetitions can't fill without end.
type bounded struct {
	bytes.Buffer
	left int
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, fault(FaultTooLarge, "")
	}
	return b.Buffer.Write(p)
}

func wellFormed(b []byte) error {
	for d := xml.NewDecoder(bytes.NewReader(b)); ; {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

var breaks = strings.NewReplacer(
	"&#xA;", `</w:t><w:br/><w:t xml:space="preserve">`,
	"&#x9;", `</w:t><w:tab/><w:t xml:space="preserve">`,
)

// escape is what every value passes on its way into the document. Characters that
// XML can't hold become U+FFFD.
func escape(v any) (string, error) {
	switch reflect.ValueOf(v).Kind() {
	case reflect.Slice, reflect.Struct, reflect.Map:
		return "", fault(FaultList, "")
	}
	var b bytes.Buffer
	err := xml.EscapeText(&b, []byte(fmt.Sprint(v)))
	return breaks.Replace(b.String()), err
}
