package simulator

import (
	"html"
	"strings"
	"unicode/utf16"
)

// toHTML writes a text with its entities as HTML that a page may show.
func toHTML(text string, marks []entity) string {
	if len(marks) == 0 {
		return html.EscapeString(text)
	}
	w := &htmlWriter{text: utf16.Encode([]rune(text))}
	w.write(0, len(w.text), sorted(append([]entity(nil), marks...)))
	return w.out.String()
}

type htmlWriter struct {
	text []uint16
	out  strings.Builder
}

func (w *htmlWriter) plain(from, to int) {
	w.out.WriteString(html.EscapeString(string(utf16.Decode(w.text[from:to]))))
}

// write writes what lies between from and to; marks are those that start there.
func (w *htmlWriter) write(from, to int, marks []entity) {
	for len(marks) > 0 {
		e := marks[0]
		start, end := max(e.Offset, from), min(e.Offset+e.Length, to)
		inner := 1
		for inner < len(marks) && marks[inner].Offset < end {
			inner++
		}
		if start < end {
			w.plain(from, start)
			open, shut := w.tags(e, start, end)
			w.out.WriteString(open)
			w.write(start, end, marks[1:inner])
			w.out.WriteString(shut)
			from = end
		}
		marks = marks[inner:]
	}
	w.plain(from, to)
}

func (w *htmlWriter) tags(e entity, from, to int) (string, string) {
	switch e.Type {
	case "bold":
		return "<b>", "</b>"
	case "italic":
		return "<i>", "</i>"
	case "underline":
		return "<u>", "</u>"
	case "strikethrough":
		return "<s>", "</s>"
	case "spoiler":
		return "<tg-spoiler>", "</tg-spoiler>"
	case "code":
		return "<code>", "</code>"
	case "pre":
		return "<pre>", "</pre>"
	case "blockquote":
		return "<blockquote>", "</blockquote>"
	case "expandable_blockquote":
		return "<blockquote expandable>", "</blockquote>"
	case "text_link":
		return `<a href="` + html.EscapeString(e.URL) + `">`, "</a>"
	case "url":
		link := string(utf16.Decode(w.text[from:to]))
		if !strings.Contains(link, "://") {
			link = "https://" + link
		}
		return `<a href="` + html.EscapeString(link) + `">`, "</a>"
	case "bot_command":
		return `<a class="command">`, "</a>"
	}
	return "", ""
}
