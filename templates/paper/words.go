package paper

import (
	"embed"
	"strings"
	"text/template"
)

//go:embed words/*.txt
var wordFiles embed.FS

// In words/*.txt {{b .Value}} prints the value in bold, {{whole .Value}} on one line.
// The two marks are control characters, which Clean takes out of all that people wrote.
const (
	boldOn  = "\x01"
	boldOff = "\x02"
)

var words = template.Must(template.New("words").
	Option("missingkey=error").
	Funcs(template.FuncMap{
		"b":     func(s string) string { return boldOn + s + boldOff },
		"whole": func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") },
	}).
	ParseFS(wordFiles, "words/*.txt"))

// say returns the words that key names.
func say(key string, data any) (string, error) {
	var b strings.Builder
	err := words.ExecuteTemplate(&b, key, data)
	return strings.TrimSpace(b.String()), err
}

// run is a piece of a line in one style: "", "B", "I" or "BI".
type run struct{ style, text string }

// runs splits what say returned at its bold marks; base is the style of the rest.
func runs(base, s string) []run {
	var rs []run
	for i, part := range strings.Split(s, boldOn) {
		bold, rest, ok := strings.Cut(part, boldOff)
		if i == 0 || !ok {
			rs = append(rs, run{base, part})
			continue
		}
		rs = append(rs, run{"B" + base, bold}, run{base, rest})
	}
	return rs
}
