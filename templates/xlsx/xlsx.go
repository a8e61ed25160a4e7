// Package xlsx makes the workbooks that an office takes away: the book of
// receptions, the directions, and how heads and units keep their duty. Each is a
// pure function from a plain struct to bytes; the same struct gives the same bytes.
//
// It knows nothing of cases, stores or pages, and holds no words: those are in
// words/*.txt. It is for reading and counting in a spreadsheet; what is signed and
// put up on a board is package paper's.
package xlsx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/xuri/excelize/v2"
)

// Heading is what stands above the rows of every sheet. From and Until are both in
// the period; zero ones are left out.
type Heading struct {
	Office string
	From   time.Time
	Until  time.Time
	Sample bool // holds sample data: every sheet says so
	At     time.Time
}

// workbook collects sheets and keeps the first error.
type workbook struct {
	Heading
	f      *excelize.File
	styles [styles]int
	sheets int
	err    error
}

// zone is Vietnam's clock, which has no summer time.
var zone = time.FixedZone("+07", 7*60*60)

// made draws a workbook and returns its bytes.
func made(h Heading, title string, draw func(*workbook)) ([]byte, error) {
	h.Office = Clean(h.Office)
	for _, t := range []*time.Time{&h.From, &h.Until} {
		if !t.IsZero() {
			*t = t.In(zone)
		}
	}
	w := &workbook{Heading: h, f: excelize.NewFile()}
	defer w.f.Close()
	w.addStyles()
	at := w.At.UTC().Format(time.RFC3339)
	w.note(w.f.SetDocProps(&excelize.DocProperties{
		Title: w.say(title, nil), Creator: w.Office, Language: "vi-VN",
		Created: at, Modified: at,
	}))
	if w.err == nil {
		draw(w)
	}
	var b bytes.Buffer
	if w.err == nil {
		w.note(w.f.Write(&b))
	}
	if w.err != nil {
		return nil, fmt.Errorf("xlsx: %w", w.err)
	}
	return ordered(b.Bytes())
}

// note keeps the first error.
func (w *workbook) note(err error) {
	if w.err == nil {
		w.err = err
	}
}

// say is the package's say; an error ends the workbook.
func (w *workbook) say(key string, data any) string {
	text, err := say(key, data)
	w.note(err)
	return text
}

// ordered puts the parts of a workbook into one order: the library writes its
// sheets in that of a map.
func ordered(xlsx []byte) ([]byte, error) {
	zr, err := zip.NewReader(bytes.NewReader(xlsx), int64(len(xlsx)))
	if err != nil {
		return nil, fmt.Errorf("xlsx: %w", err)
	}
	slices.SortFunc(zr.File, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for _, f := range zr.File {
		if err := zw.Copy(f); err != nil {
			return nil, fmt.Errorf("xlsx: %w", err)
		}
	}
	if err := zw.Close(); err != nil {
		return nil, fmt.Errorf("xlsx: %w", err)
	}
	return out.Bytes(), nil
}
