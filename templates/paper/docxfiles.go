package paper

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

// The templates are kept as their parts, which can be read and compared.
//
//go:embed all:docx
var docxFiles embed.FS

// packed is the Word template that the folder name holds.
func packed(name string) ([]byte, error) {
	root := "docx/" + name
	// Readers of Word files expect the list of types first.
	parts := []part{{name: "[Content_Types].xml"}}
	err := fs.WalkDir(docxFiles, root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := docxFiles.ReadFile(path)
		if name := strings.TrimPrefix(path, root+"/"); name == parts[0].name {
			parts[0].data = b
		} else {
			parts = append(parts, part{name, b})
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	return pack(parts)
}
