// Package paper prints: what a citizen keeps (receipt, slip, answer date), signs
// (petition) or is told (refusal, conclusion); what the day of a reception needs
// (schedule, roster, dossier, signatures) and leaves (the book, directions); and QR
// codes. Each document is a pure function from a plain struct to bytes; the same
// struct gives the same bytes.
//
// It knows nothing of cases, stores or channels, and holds no words: those are
// in words/*.txt and docx/, in Vietnamese, the language the law wants on paper.
package paper

import (
	"runtime"
	"time"
)

// Office is who stands at the head of a sheet and where people find it.
type Office struct {
	Parent  string // the body above it, the first line of the head; may be empty
	Name    string
	Place   string // the locality of the date line: "Đông Kinh"
	Address string
	Phone   string
	Hours   string // when it is open, in words; may be empty
	Sample  bool   // holds sample data: every sheet says so at its foot
}

// Mode is how the office takes a kind of submission; it decides what a receipt
// says about signatures and about what comes next.
type Mode int

// The modes.
const (
	File    Mode = iota // taken in the chat, no signature wanted
	Prepare             // waits for the signed original (khiếu nại)
	Guide               // information without a name (tố cáo)
)

// zone is Vietnam's clock, which has no summer time.
var zone = time.FixedZone("+07", 7*60*60)

// slots lets at most as many documents be drawn at once as there are cores: each
// costs some 25 MB of garbage.
var slots = make(chan struct{}, runtime.NumCPU())

// drawn runs draw on a fresh sheet when a core is free, and returns its PDF.
func drawn(size format, key string, data any, at time.Time, draw func(*sheet)) ([]byte, error) {
	slots <- struct{}{}
	defer func() { <-slots }()
	s := newSheet(size, at)
	s.pdf.SetTitle(s.say(key, data), true)
	s.pdf.AddPage()
	draw(s)
	return s.bytes()
}
