package backend

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiepdan"
	"tiepdan/templates"
)

// funcs are what page templates call. t says a text of the pages: its key is
// "page." and what stands in the template; pairs of names and values follow.
func funcs(lang tiepdan.Language) template.FuncMap {
	say := func(key string, pairs ...any) (template.HTML, error) { return say(lang, key, pairs...) }
	return template.FuncMap{
		"t":        say,
		"asset":    func(name string) string { return "/static/" + name + "?v=" + templates.StaticVersion() },
		"control":  newControl,
		"date":     func(d tiepdan.Date) string { return writeDate(d) },
		"dateof":   func(t time.Time) string { return writeDate(tiepdan.DateOf(t)) },
		"at":       momentOf,
		"clock":    func(t time.Time) string { return t.In(tiepdan.Hanoi).Format("15:04") },
		"iso":      func(t time.Time) string { return t.In(tiepdan.Hanoi).Format(time.RFC3339) },
		"num":      func(n int) string { return thousands(n, lang) },
		"size":     func(n int64) string { return size(n, lang) },
		"lines":    lines,
		"fold":     fold,
		"why":      func(reason string) string { return why(lang, reason) },
		"may":      func(s tiepdan.Staff, area string) bool { return s.Role.MayEnter(tiepdan.Area(area)) },
		"writes":   func(s tiepdan.Staff) bool { return s.Role.Writes() },
		"id":       func(n int64) string { return strconv.FormatInt(n, 10) },
		"has":      func(list []string, s string) bool { return slices.Contains(list, s) },
		"dict":     dict,
		"add":      func(a, b int) int { return a + b },
		"mostline": func() int { return tiepdan.MaxAddress },
		"list":     func(v ...string) []string { return v },
	}
}

// say renders a text of the pages.
func say(lang tiepdan.Language, key string, pairs ...any) (template.HTML, error) {
	args, err := dict(pairs...)
	if err != nil {
		return "", err
	}
	said, err := templates.Messages(lang).Say("page."+key, args)
	return template.HTML(said), err // escaped by the message's own template
}

// plain renders a text of the pages without markup; a missing one is its key,
// which the test of all keys doesn't let happen.
func plain(lang tiepdan.Language, key string) string {
	said, err := templates.Messages(lang).Plain("page."+key, nil)
	if err != nil {
		return key
	}
	return said
}

// dict makes a map for a part of a page.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("backend: a name without a value")
	}
	m := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("backend: %v is no name", pairs[i])
		}
		m[name] = pairs[i+1]
	}
	return m, nil
}

func writeDate(d tiepdan.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("02/01/2006")
}

// lines breaks a person's text into paragraphs' lines; the template escapes each.
func lines(s string) []string { return strings.Split(s, "\n") }

// thousands writes 12345 as 12.345, in English as 12,345.
func thousands(n int, lang tiepdan.Language) string {
	s := strconv.Itoa(n)
	point := "."
	if lang == tiepdan.English {
		point = ","
	}
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + point + s[i:]
	}
	return s
}

// size writes a file's size in the unit that people read it in.
func size(n int64, lang tiepdan.Language) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d B", n)
	case n < 1<<20:
		return fmt.Sprintf("%d KB", n>>10)
	}
	s := fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	if lang == tiepdan.Vietnamese {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// momentOf writes a moment as pages do.
func momentOf(t time.Time) string { return t.In(tiepdan.Hanoi).Format("15:04, 02/01/2006") }
