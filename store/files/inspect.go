package files

import (
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// Inspect tells by its content what a file is, or why the office doesn't take it
// (a *Refusal). The name, which may be empty, must not say something else: a photo
// may bear any photo's extension, as phones do, a document only its own.
func Inspect(r io.ReaderAt, size int64, name string) (Kind, error) {
	if size == 0 {
		return Kind{}, &Refusal{Reason: Empty}
	}
	mime, err := detect(r, size)
	if err != nil {
		return Kind{}, fmt.Errorf("files: inspect: %w", err)
	}
	kind, ok := byMIME(mime)
	if !ok {
		return Kind{}, refused(mime)
	}
	if !agrees(kind, name) {
		return Kind{}, &Refusal{Reason: Extension}
	}
	if err := look(r, size, kind); err != nil {
		return Kind{}, err
	}
	return kind, nil
}

// detect names a content; where the library knows only a container it looks inside.
func detect(r io.ReaderAt, size int64) (string, error) {
	m, err := mimetype.DetectReader(io.NewSectionReader(r, 0, size))
	if err != nil {
		return "", err
	}
	mime, _, _ := strings.Cut(m.String(), ";")
	switch mime {
	case "application/x-ole-storage":
		return oleKind(r, size)
	case "application/octet-stream":
		if tagged(r) {
			return "audio/mpeg", nil
		}
	}
	return mime, nil
}

// tagged tells whether an MPEG frame follows an ID3 tag: one with a picture of the
// cover is longer than the beginning that detection reads.
func tagged(r io.ReaderAt) bool {
	var b [10]byte
	if _, err := r.ReadAt(b[:], 0); err != nil || string(b[:3]) != "ID3" {
		return false
	}
	n := int64(b[6])<<21 | int64(b[7])<<14 | int64(b[8])<<7 | int64(b[9])
	_, err := r.ReadAt(b[:2], 10+n)
	return err == nil && b[0] == 0xFF && b[1]&0xE0 == 0xE0
}

func refused(mime string) error {
	switch {
	case archives[mime]:
		return &Refusal{Reason: Archive}
	case strings.Contains(strings.ToLower(mime), "macroenabled"):
		return &Refusal{Reason: Macro}
	}
	return &Refusal{Reason: Type}
}

// extension is what a name claims: "Đơn số 12.2026" claims nothing.
var extension = regexp.MustCompile(`\.[0-9A-Za-z]{0,7}[A-Za-z][0-9A-Za-z]{0,7}$`)

func agrees(k Kind, name string) bool {
	ext := strings.ToLower(extension.FindString(strings.TrimRight(path.Base(name), ". ")))
	if ext == "" || k.named(ext) {
		return true
	}
	claimed, ok := byExt(ext)
	if !ok || claimed.Class != k.Class {
		// Recorders name a voice as they name a film.
		return ok && media(claimed) && media(k)
	}
	return k.Class != Document
}

func media(k Kind) bool { return k.Class == Audio || k.Class == Video }

// look checks what only a kind's own reader can see.
func look(r io.ReaderAt, size int64, k Kind) error {
	var err error
	switch {
	case k.Class == Photo:
		err = checkPhoto(r, size, k.MIME)
	case strings.HasPrefix(k.MIME, "application/vnd.o"): // OOXML and OpenDocument
		err = checkPackage(r, size)
	case k.MIME == "application/msword", k.MIME == "application/vnd.ms-excel":
		err = checkOLE(r, size)
	case k.MIME == "text/plain":
		err = checkText(r, size)
	}
	var refusal *Refusal
	if err == nil || errors.As(err, &refusal) {
		return err
	}
	return &Refusal{Reason: Damaged}
}
