package xlsx

import (
	"embed"
	"strings"
	"text/template"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed words/*.txt
var wordFiles embed.FS

var words = template.Must(template.New("words").Option("missingkey=error").ParseFS(wordFiles, "words/*.txt"))

// say returns the words that key names.
func say(key string, data any) (string, error) {
	var b strings.Builder
	err := words.ExecuteTemplate(&b, key, data)
	return strings.TrimSpace(b.String()), err
}

// maxCell is how many letters a cell holds: Excel's limit is 32,767 of UTF-16, in
// which some letters count twice.
const maxCell = 16000

// Clean returns s as a cell holds it: composed, without control and invisible
// characters, a longer text visibly cut.
func Clean(s string) string {
	var b strings.Builder
	n := 0
	for _, r := range norm.NFC.String(newlines.Replace(strings.ToValidUTF8(s, "\uFFFD"))) {
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Co) || hidden(r) {
			continue
		}
		if n++; n > maxCell {
			b.WriteRune('…')
			break
		}
		b.WriteRune(r)
	}
	return strings.TrimSpace(b.String())
}

// hidden reports whether r changes what stands around it without being seen; the
// joiner is left, which makes one picture of several.
func hidden(r rune) bool {
	return r != '\u200d' && unicode.Is(unicode.Cf, r) || r == '\uFFFE' || r == '\uFFFF'
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\v", "\n", "\f", "\n", "\t", " ")
