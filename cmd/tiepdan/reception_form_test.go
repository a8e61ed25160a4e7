package main

import (
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// send fills in the form of the page that posts to action, as it stands there, and
// sends it: a field that the page doesn't have is a fault.
func (b *browser) send(page, action string, pairs ...string) answer {
	b.o.t.Helper()
	form, ok := formOf(page, action)
	if !ok {
		b.o.t.Fatalf("the page has no form for %s:\n%s", action, page)
	}
	for i := 0; i < len(pairs); i += 2 {
		if _, has := form[pairs[i]]; !has && pairs[i] != "do" && !strings.Contains(page, `name="`+pairs[i]+`"`) {
			b.o.t.Fatalf("the form for %s has no %s", action, pairs[i])
		}
		form.Set(pairs[i], pairs[i+1])
	}
	got := b.ask(http.MethodPost, action, form)
	if got.status != http.StatusOK {
		b.o.t.Fatalf("POST %s %v: %d\n%s\n%s", action, form, got.status, wordsOf(got.body), b.o.log)
	}
	return got
}

// formOf is what a browser would send of a page's form if nothing was typed.
func formOf(page, action string) (url.Values, bool) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil, false
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "form" && attr(n, "action") == action {
			form := url.Values{}
			for c := range n.Descendants() {
				if value, ok := valueOf(c); ok {
					form.Add(attr(c, "name"), value)
				}
			}
			return form, true
		}
	}
	return nil, false
}

func valueOf(n *html.Node) (string, bool) {
	if n.Type != html.ElementNode || attr(n, "name") == "" {
		return "", false
	}
	switch n.Data {
	case "input":
		kind := attr(n, "type")
		return attr(n, "value"), kind != "file" && kind != "submit" && (kind != "checkbox" && kind != "radio" || has(n, "checked"))
	case "textarea":
		return textOf(n), true
	case "select":
		for o := range n.Descendants() {
			if o.Data == "option" && has(o, "selected") {
				return attr(o, "value"), true
			}
		}
		return "", true
	}
	return "", false
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// wordsOf is what a page says, without its marks.
func wordsOf(page string) string {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return page
	}
	for n := range root.Descendants() {
		if n.Data == "main" {
			return strings.Join(strings.Fields(textOf(n)), " ")
		}
	}
	return strings.Join(strings.Fields(textOf(root)), " ")
}

// figure is what a report's table says in the last cell under label, in the row or
// section that names who.
func figure(page, who, label string) string {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return ""
	}
	said := ""
	for n := range root.Descendants() {
		if n.Data != "tr" && n.Data != "section" || !strings.Contains(textOf(n), who) {
			continue
		}
		for c := range n.Descendants() {
			if c.Data == "td" && attr(c, "data-label") == label {
				said = strings.TrimSpace(textOf(c))
			}
		}
	}
	return said
}
