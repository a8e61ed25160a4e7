package telegram

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiepdan"
)

// Limits of the Bot API, in UTF-16 units after the markup is read.
const (
	maxText    = 4096
	maxCaption = 1024
	maxToast   = 200
)

// token is a piece of HTML: a tag, or what stands for one run of characters.
type token struct {
	raw  string // as written
	text string // as read; "" for a tag
	name string // of a tag
	shut bool   // </b>
}

var tokens = regexp.MustCompile(`<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^>]*>|&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z]+);|[^<&]+|[<&]`)

// scan reads the HTML that our templates write. A lone < or & is text, as in a browser.
func scan(s string) []token {
	var ts []token
	for _, m := range tokens.FindAllStringSubmatchIndex(s, -1) {
		raw := s[m[0]:m[1]]
		switch {
		case m[4] >= 0:
			ts = append(ts, token{raw: raw, name: strings.ToLower(s[m[4]:m[5]]), shut: m[3] > m[2]})
		case raw[0] == '&' || raw[0] == '<':
			for _, r := range html.UnescapeString(raw) { // some names stand for two
				ts = append(ts, token{raw: html.EscapeString(string(r)), text: string(r)})
			}
		default:
			for _, r := range raw {
				written := string(r)
				if r == '>' {
					written = "&gt;"
				}
				ts = append(ts, token{raw: written, text: string(r)})
			}
		}
	}
	return ts
}

// plain is a text without its markup: for buttons, and where Telegram refuses ours.
func plain(s string) string {
	var b strings.Builder
	for _, t := range scan(s) {
		b.WriteString(t.text)
	}
	return strings.TrimSpace(b.String())
}

// parts is splitHTML for a text that is short, mostly.
func parts(s string, max int) []string {
	if s = strings.TrimSpace(s); s == "" {
		return nil
	}
	if units(s) <= max { // with its markup, so certainly without
		return []string{s}
	}
	return splitHTML(s, max)
}

// splitHTML cuts a text into parts of at most max units, where [tiepdan.SplitText]
// would cut what a person reads of it. Tags that are open at a cut are closed
// there and opened again, so that each part stands by itself.
func splitHTML(s string, max int) []string {
	ts := scan(s)
	var read strings.Builder
	for _, t := range ts {
		read.WriteString(t.text)
	}
	w := writer{ts: ts}
	var cut []string
	for _, piece := range tiepdan.SplitText(read.String(), max) {
		cut = append(cut, w.take(piece))
	}
	return cut
}

// writer goes through tokens and writes them out again piece by piece.
type writer struct {
	ts   []token
	open []token // tags that are open in the text here …
	have []token // … and those that this part has opened
	out  strings.Builder
}

// take writes the next part: the tokens that make up piece, and the white space
// before it left out.
func (w *writer) take(piece string) string {
	w.out.Reset()
	for len(w.ts) > 0 && piece != "" {
		t := w.ts[0]
		switch {
		case t.name != "":
			w.tag(t)
		case w.out.Len() == 0 && blank(t.text) && !strings.HasPrefix(piece, t.text):
		default:
			w.nest()
			w.out.WriteString(t.raw)
			piece = piece[len(t.text):]
		}
		w.ts = w.ts[1:]
	}
	for _, t := range reversed(w.have) {
		w.out.WriteString("</" + t.name + ">")
	}
	w.have = nil
	return w.out.String()
}

// tag notes an opened or closed tag. A closing tag that closes nothing is left out.
func (w *writer) tag(t token) {
	if !t.shut {
		w.open = append(w.open, t)
		return
	}
	for i := len(w.open) - 1; i >= 0; i-- {
		if w.open[i].name == t.name {
			w.open = w.open[:i:i]
			return
		}
	}
}

// nest closes and opens tags until those of this part are those of the text here:
// only where a character follows, so that no tag is empty.
func (w *writer) nest() {
	same := 0
	for same < len(w.have) && same < len(w.open) && w.have[same].raw == w.open[same].raw {
		same++
	}
	for _, t := range reversed(w.have[same:]) {
		w.out.WriteString("</" + t.name + ">")
	}
	for _, t := range w.open[same:] {
		w.out.WriteString(t.raw)
	}
	w.have = append(w.have[:same:same], w.open[same:]...)
}

func reversed(ts []token) []token {
	back := make([]token, len(ts))
	for i, t := range ts {
		back[len(ts)-1-i] = t
	}
	return back
}

func blank(s string) bool {
	return strings.TrimFunc(s, unicode.IsSpace) == ""
}

// short cuts a text to max units, for where there is room for one part only.
func short(s string, max int) string {
	if units(s) <= max {
		return strings.TrimSpace(s)
	}
	if parts := tiepdan.SplitText(s, max-1); len(parts) > 0 {
		return parts[0] + "…"
	}
	return ""
}

// units is a text's length as Telegram counts it.
func units(s string) (n int) {
	for _, r := range s {
		n += max(utf8.RuneLen(r)/4+1, 1)
	}
	return n
}
