package simulator

import (
	"net"
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// Telegram's limits on text, in UTF-16 units after the entities are parsed.
const (
	maxText    = 4096
	maxCaption = 1024
)

// formatted reads a text parameter with its parse_mode or ready entities.
func (c *call) formatted(field, entitiesField string) (string, []entity, error) {
	return format(c.text(field), c.text("parse_mode"), func(dst *[]entity) error {
		return c.into(entitiesField, dst)
	})
}

func format(text, mode string, ready func(*[]entity) error) (string, []entity, error) {
	var marks []entity
	var err error
	switch strings.ToLower(mode) {
	case "html":
		text, marks, err = parseHTML(text)
	case "":
		err = ready(&marks)
	default:
		err = badRequest("unsupported parse_mode; this simulator reads HTML only")
	}
	if err != nil {
		return "", nil, err
	}
	text, marks = trimmed(strings.ReplaceAll(text, "\r", ""), marks)
	return text, withFound(text, marks), nil
}

// trimmed cuts white space off both ends and moves the entities along.
func trimmed(text string, marks []entity) (string, []entity) {
	left := strings.TrimLeftFunc(text, unicode.IsSpace)
	shift := units(text[:len(text)-len(left)])
	out := strings.TrimRightFunc(left, unicode.IsSpace)
	end := units(out)
	var kept []entity
	for _, e := range marks {
		from, to := max(e.Offset-shift, 0), min(e.Offset+e.Length-shift, end)
		if to > from {
			e.Offset, e.Length = from, to-from
			kept = append(kept, e)
		}
	}
	return out, kept
}

// units is a text's length as Telegram counts it.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += runeUnits(r)
	}
	return n
}

// Links and commands that Telegram finds by itself in whatever is written.
var (
	findURL     = regexp.MustCompile(`(?:https?://|\bt\.me/)[^\s<>"“”]+[^\s<>"“”.,;:!?)\]]`)
	findCommand = regexp.MustCompile(`(?:^|\s)(/[a-zA-Z0-9_]{1,32}(?:@[a-zA-Z0-9_]{3,32})?)(?:$|[\s.,;:!?])`)
)

func withFound(text string, marks []entity) []entity {
	if !strings.Contains(text, "/") {
		return marks
	}
	if strings.Contains(text, "://") || strings.Contains(text, "t.me/") { // the patterns read slowly
		for _, at := range findURL.FindAllStringIndex(text, -1) {
			marks = addFound(marks, text, "url", at[0], at[1])
		}
	}
	for _, at := range findCommand.FindAllStringSubmatchIndex(text, -1) {
		marks = addFound(marks, text, "bot_command", at[2], at[3])
	}
	return sorted(marks)
}

func addFound(marks []entity, text, kind string, from, to int) []entity {
	e := entity{Type: kind, Offset: units(text[:from]), Length: units(text[from:to])}
	for _, m := range marks {
		apart := m.Offset+m.Length <= e.Offset || e.Offset+e.Length <= m.Offset
		inside := m.Offset <= e.Offset && e.Offset+e.Length <= m.Offset+m.Length
		if !apart && (!inside || m.Type == "text_link" || m.Type == "url") {
			return marks
		}
	}
	return append(marks, e)
}

// linkable says whether a link in a text becomes one; others stay plain text.
func linkable(link string) bool {
	u, err := url.Parse(link)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "tg", "mailto", "tel":
		return true
	case "http", "https":
		return dotted(u.Hostname())
	case "":
		return strings.Contains(link, ".")
	}
	return false
}

// buttonURL says whether a button may link there.
func buttonURL(link string, local bool) bool {
	if !strings.Contains(link, "://") {
		link = "http://" + link
	}
	u, err := url.Parse(link)
	if err != nil || strings.ContainsFunc(link, unicode.IsSpace) {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "tg", "ton", "tonsite":
		return true
	case "http", "https":
		return u.Hostname() != "" && (local || dotted(u.Hostname()))
	}
	return false
}

func dotted(host string) bool {
	if net.ParseIP(host) != nil {
		return true
	}
	label, _, found := strings.Cut(host, ".")
	return found && label != ""
}
