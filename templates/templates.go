// Package templates holds every word that we say, by language, and the means to
// render it. It decides nothing: what is said, and when, is the callers'.
package templates

import (
	"embed"
	"fmt"
	"html"
	"html/template"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"tiepdan"
)

//go:embed messages
var messageFiles embed.FS

// Texts says messages in any of our languages.
type Texts struct{}

// Say renders a message in the few tags that chat apps know: b, i, code, blockquote.
func (Texts) Say(lang tiepdan.Language, key string, args any) (string, error) {
	return Messages(lang).Say(key, args)
}

// Plain renders a message without markup, as for a button.
func (Texts) Plain(lang tiepdan.Language, key string, args any) (string, error) {
	return Messages(lang).Plain(key, args)
}

// Catalog is the messages of one language. It may be shared.
type Catalog struct {
	lang tiepdan.Language
	set  *template.Template
}

// Messages returns the messages of a language; of one that we don't speak, the Vietnamese.
func Messages(lang tiepdan.Language) *Catalog {
	if c, ok := catalogs()[lang]; ok {
		return c
	}
	return catalogs()[tiepdan.Vietnamese]
}

var catalogs = sync.OnceValue(func() map[tiepdan.Language]*Catalog {
	all := map[tiepdan.Language]*Catalog{}
	for _, lang := range []tiepdan.Language{tiepdan.Vietnamese, tiepdan.English} {
		set := template.New(string(lang)).Funcs(formats).Option("missingkey=error")
		// The files are part of the program, and tested with it.
		all[lang] = &Catalog{lang, template.Must(set.ParseFS(messageFiles, "messages/"+string(lang)+"/*.html"))}
	}
	return all
})

// formats write what has one form in every language; names of days and the like are messages.
var formats = template.FuncMap{
	"short":   func(d tiepdan.Date) string { return d.Time().Format("02/01/2006") },
	"dateof":  tiepdan.DateOf,
	"clock":   func(t time.Time) string { return t.In(tiepdan.Hanoi).Format("15:04") },
	"weekday": func(d tiepdan.Date) int { return int(d.Weekday()) },
	"month":   func(d tiepdan.Date) int { return int(d.Month) },
	"spans":   spans,
	"weekly":  weekly,
	"join":    strings.Join,
	"add":     func(a, b int) int { return a + b },
	"neg":     func(a int) int { return -a },
}

// spans writes opening hours as 07:30–11:30, 13:00–17:00.
func spans(of []tiepdan.Span) string {
	var all []string
	for _, s := range of {
		all = append(all, strings.Replace(s.String(), "-", "–", 1))
	}
	return strings.Join(all, ", ")
}

// days are weekdays in a row that have the same hours.
type days struct {
	From, To int
	Spans    string
}

// weekly gathers opening hours from Monday on; days without any are left out.
func weekly(h tiepdan.Hours) []days {
	var all []days
	for i := 1; i <= 7; i++ {
		d := i % 7
		if len(h[d]) == 0 {
			continue
		}
		s := spans(h[d])
		if n := len(all); n > 0 && all[n-1].Spans == s && all[n-1].To == i-1 {
			all[n-1].To = d
			continue
		}
		all = append(all, days{d, d, s})
	}
	return all
}

// Say renders the message of that key. The error names the key, never an argument.
func (c *Catalog) Say(key string, args any) (string, error) {
	var b strings.Builder
	if err := c.set.ExecuteTemplate(&b, key, args); err != nil {
		return "", fmt.Errorf("templates: message %s in %s can't be said", key, c.lang)
	}
	return tidy(b.String()), nil
}

// Plain renders the message of that key without markup or escapes.
func (c *Catalog) Plain(key string, args any) (string, error) {
	s, err := c.Say(key, args)
	if err != nil {
		return "", err
	}
	if strings.Contains(s, "<") { // labels mostly have none, and are many
		s = tags.ReplaceAllString(s, "")
	}
	return html.UnescapeString(s), nil
}

// Has reports whether there is a message of that key.
func (c *Catalog) Has(key string) bool { return c.set.Lookup(key) != nil }

// Keys are all messages' keys, sorted.
func (c *Catalog) Keys() []string {
	var keys []string
	for _, t := range c.set.Templates() {
		if name := t.Name(); !strings.HasSuffix(name, ".html") && name != string(c.lang) {
			keys = append(keys, name)
		}
	}
	slices.Sort(keys)
	return keys
}

var (
	tags  = regexp.MustCompile(`<[^>]*>`)
	gaps  = regexp.MustCompile(`\n{3,}`)
	edges = regexp.MustCompile(`[ \t]+\n`)
)

// tidy drops the space that a template's own lines leave.
func tidy(s string) string {
	if s = strings.TrimSpace(s); !strings.Contains(s, "\n") {
		return s
	}
	return strings.TrimSpace(gaps.ReplaceAllString(edges.ReplaceAllString(s, "\n"), "\n\n"))
}
