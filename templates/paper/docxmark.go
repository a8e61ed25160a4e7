package paper

import (
	"regexp"
	"strings"
)

var (
	textOf  = regexp.MustCompile(`(?s)(<w:t(?: [^>]*)?>)([^<]*)(</w:t>)`)
	paraTag = regexp.MustCompile(`(?s)<w:p(?: [^>]*[^/>])?>.*?</w:p>`)
	action  = regexp.MustCompile(`\{\{[^{}]*\}?\}?`)
	field   = regexp.MustCompile(`^\{\{\s*(\$?\.(?:[A-Za-z]\w*(?:\.[A-Za-z]\w*)*)?)\s*\}\}$`)
	mark    = regexp.MustCompile(`\[\[(if-)?(row|para|table)\s+(\.[A-Za-z][\w.]*)\s*\]\]`)
)

// element is what each kind of mark repeats or keeps, as a tag.
var element = map[string]string{"row": "w:tr", "para": "w:p", "table": "w:tbl"}

// prepare turns the text of a Word part into a text/template.
func prepare(s string) (string, error) {
	if strings.Contains(s, "\x00") {
		return "", fault(FaultNotWord, "NUL")
	}
	s = paraTag.ReplaceAllStringFunc(s, joinRuns)
	for {
		m := mark.FindStringSubmatchIndex(s)
		if m == nil {
			break
		}
		var err error
		if s, err = apply(s, m); err != nil {
			return "", err
		}
	}
	var bad string
	s = action.ReplaceAllStringFunc(s, func(a string) string {
		if strings.HasPrefix(a, ours) {
			return strings.Replace(a, ours, "{{", 1)
		}
		if f := field.FindStringSubmatch(a); f != nil {
			return "{{escape " + f[1] + "}}"
		}
		bad = a
		return a
	})
	if bad != "" {
		return "", fault(FaultNoField, bad)
	}
	if i := strings.Index(s, "[["); i >= 0 && strings.Contains(s[i:], "]]") {
		return "", fault(FaultMark, s[i:i+strings.Index(s[i:], "]]")+2])
	}
	return s, nil
}

// ours begins the actions that apply writes; no template's own text can, since a
// NUL is no character of XML.
const ours = "{{\x00"

// apply takes the mark at m out of s and puts its action around its element.
func apply(s string, m []int) (string, error) {
	tag, name := element[s[m[4]:m[5]]], s[m[6]:m[7]]
	from, to := enclosing(s, tag, m[0])
	if from < 0 {
		return "", fault(FaultMark, s[m[0]:m[1]])
	}
	verb := "range "
	if m[2] >= 0 {
		verb = "if "
	}
	return s[:from] + ours + verb + name + "}}" + s[from:m[0]] + s[m[1]:to] + ours + "end}}" + s[to:], nil
}

// enclosing finds the innermost element tag around at.
func enclosing(s, tag string, at int) (from, to int) {
	tags := regexp.MustCompile(`<` + tag + `(?: [^>]*)?>|</` + tag + `>`)
	var open []int
	for _, m := range tags.FindAllStringIndex(s, -1) {
		switch t := s[m[0]:m[1]]; {
		case strings.HasSuffix(t, "/>"):
		case t[1] != '/':
			open = append(open, m[0])
		case len(open) > 0:
			start := open[len(open)-1]
			open = open[:len(open)-1]
			if m[0] > at && start < at {
				return start, m[1]
			}
		}
	}
	return -1, -1
}

// joinRuns moves each action and mark of a paragraph that Word split over several
// runs into the run where it begins.
func joinRuns(p string) string {
	m := textOf.FindAllStringSubmatchIndex(p, -1)
	if len(m) < 2 {
		return p
	}
	texts := make([]string, len(m))
	for i, x := range m {
		texts[i] = p[x[4]:x[5]]
	}
	for i := range texts {
		for j := i + 1; j < len(texts) && unclosed(texts[i]); j++ {
			n := closing(texts[i], texts[j])
			texts[i], texts[j] = texts[i]+texts[j][:n], texts[j][n:]
		}
	}
	var b strings.Builder
	at := 0
	for i, x := range m {
		b.WriteString(p[at:x[2]])
		b.WriteString(`<w:t xml:space="preserve">` + texts[i])
		at = x[6]
	}
	return b.String() + p[at:]
}

// unclosed tells whether an action or mark begins in s and doesn't end there.
func unclosed(s string) bool {
	for _, pair := range [][2]string{{"{{", "}}"}, {"[[", "]]"}} {
		if strings.LastIndex(s, pair[0]) > strings.LastIndex(s, pair[1]) {
			return true
		}
		if strings.HasSuffix(s, pair[0][:1]) {
			return true
		}
	}
	return false
}

// closing is how many bytes of next complete what is unclosed in s.
func closing(s, next string) int {
	for n := 1; n <= len(next); n++ {
		if !unclosed(s + next[:n]) {
			return n
		}
	}
	return len(next)
}
