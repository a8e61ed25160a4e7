package files

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
)

// An office document may unfold to this much; more is meant to fill a disk.
const (
	maxEntries = 5000
	maxUnfold  = 512 << 20
)

// checkPackage looks for programmes in a zipped document: a Word file with macros
// keeps them when it is merely renamed to .docx.
func checkPackage(r io.ReaderAt, size int64) error {
	zr, err := zip.NewReader(r, size)
	if err != nil {
		return err
	}
	var total uint64
	for _, f := range zr.File {
		total += f.UncompressedSize64
		name := strings.ToLower(f.Name)
		for _, bad := range []string{"vbaproject", "activex/", "macrosheets/", "basic/", "scripts/"} {
			if strings.Contains(name, bad) {
				return &Refusal{Reason: Macro}
			}
		}
	}
	if len(zr.File) > maxEntries || total > maxUnfold {
		return &Refusal{Reason: Damaged}
	}
	return nil
}

// checkOLE looks for the storages that macros lie in.
func checkOLE(r io.ReaderAt, size int64) error {
	found, err := holds(r, size, "_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros")
	if err == nil && found {
		return &Refusal{Reason: Macro}
	}
	return err
}

// oleKind names an old office document, by the stream that its text lies in, which
// detection knows only as a container.
func oleKind(r io.ReaderAt, size int64) (string, error) {
	for _, k := range []struct{ stream, mime string }{
		{"WordDocument", "application/msword"}, {"Workbook", "application/vnd.ms-excel"},
	} {
		found, err := holds(r, size, k.stream)
		if err != nil || found {
			return k.mime, err
		}
	}
	return "application/x-ole-storage", nil
}

// holds tells whether one of names stands in the directory of an OLE file, which
// writes them in UTF-16.
func holds(r io.ReaderAt, size int64, names ...string) (bool, error) {
	const overlap = 64
	buf := make([]byte, 64<<10)
	for at := int64(0); at < size; at += int64(len(buf)) - overlap {
		n, err := r.ReadAt(buf, at)
		if err != nil && err != io.EOF {
			return false, err
		}
		for _, name := range names {
			if bytes.Contains(buf[:n], utf16(name)) {
				return true, nil
			}
		}
	}
	return false, nil
}

func utf16(s string) []byte {
	var b []byte
	for i := range len(s) {
		b = append(b, s[i], 0)
	}
	return append(b, 0, 0)
}

// checkText refuses what only begins as text.
func checkText(r io.ReaderAt, size int64) error {
	b := make([]byte, 4)
	n, err := r.ReadAt(b, 0)
	if err != nil && err != io.EOF {
		return err
	}
	wide := n >= 2 && (b[0] == 0xFF && b[1] == 0xFE || b[0] == 0xFE && b[1] == 0xFF)
	if wide {
		return nil
	}
	br := io.NewSectionReader(r, 0, size)
	buf := make([]byte, 64<<10)
	for {
		n, err := br.Read(buf)
		if bytes.IndexByte(buf[:n], 0) >= 0 {
			return &Refusal{Reason: Type}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
