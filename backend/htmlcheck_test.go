package backend_test

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// page is parsed HTML that a test asks about elements, not about strings.
type page struct{ root *html.Node }

func parse(t testing.TB, b []byte) page {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return page{root}
}

// all returns the elements that a simple selector names: tag, .class, #id and
// [attribute=value], each at most once and in this order, such as a.row[href=/x];
// with a space, those within the ones before it.
func (p page) all(selector string) (found []*html.Node) {
	if outer, inner, ok := strings.Cut(selector, " "); ok {
		for _, n := range p.all(outer) {
			found = append(found, page{n}.all(inner)...)
		}
		return found
	}
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && matches(n, selector) {
			found = append(found, n)
		}
	}
	return found
}

func matches(n *html.Node, selector string) bool {
	selector, attr, _ := strings.Cut(strings.TrimSuffix(selector, "]"), "[")
	selector, id, _ := strings.Cut(selector, "#")
	tag, class, _ := strings.Cut(selector, ".")
	if tag != "" && n.Data != tag || id != "" && value(n, "id") != id {
		return false
	}
	if class != "" && !strings.Contains(" "+value(n, "class")+" ", " "+class+" ") {
		return false
	}
	name, want, valued := strings.Cut(attr, "=")
	if attr == "" {
		return true
	}
	for _, a := range n.Attr {
		if a.Key == name {
			return !valued || a.Val == want
		}
	}
	return false
}

func value(n *html.Node, attr string) string {
	for _, a := range n.Attr {
		if a.Key == attr {
			return a.Val
		}
	}
	return ""
}

// has reports whether there is such an element.
func (p page) has(selector string) bool { return len(p.all(selector)) > 0 }

// text is all words of all such elements, their gaps closed.
func (p page) text(selector string) string {
	var b strings.Builder
	for _, n := range p.all(selector) {
		for d := range n.Descendants() {
			if d.Type == html.TextNode {
				b.WriteString(d.Data + " ")
			}
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// value is an attribute of the first such element.
func (p page) value(selector, attr string) string {
	for _, n := range p.all(selector) {
		return value(n, attr)
	}
	return ""
}
