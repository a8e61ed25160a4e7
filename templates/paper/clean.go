package paper

import (
	"reflect"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// unknown stands for a letter that the fonts lack, so that a reader sees that
// something was there: the PDF library would drop it or refuse the document.
const unknown = '□'

// maxMarks is how many combining marks may follow a letter after composing.
// More of them would be drawn over the neighbouring lines.
const maxMarks = 2

// Clean returns s as it is printed: composed, without invisible and control
// characters, each letter that no font of ours has replaced by □.
func Clean(s string) string {
	known := coverage()
	var b strings.Builder
	marks, joined, lost := 0, false, false
	for _, r := range norm.NFC.String(newlines.Replace(s)) {
		switch {
		case r == '\n':
		case r == '\u200d':
			joined = true
			continue
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector), r >= 0x1F3FB && r <= 0x1F3FF && lost:
			continue
		case r == '\u00a0' || unicode.Is(unicode.Zs, r):
			r = ' '
		case r == unicode.ReplacementChar || unicode.In(r, unicode.Co) || !known[r]:
			r = unknown
		}
		if unicode.Is(unicode.Mn, r) {
			if marks++; marks > maxMarks {
				r = unknown
			}
		} else {
			marks = 0
		}
		// One picture made of several, or a heap of marks, is one box.
		if r == unknown && lost && (joined || marks > maxMarks) {
			joined = false
			continue
		}
		lost, joined = r == unknown, false
		b.WriteRune(r)
	}
	return b.String()
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\v", "\n", "\f", "\n", "\t", " ")

// scrubbed returns a copy of v with every text cleaned and trimmed and every
// time on Vietnam's clock, so that no field of a document can forget it.
func scrubbed[T any](v T) T {
	scrub(reflect.ValueOf(&v).Elem())
	return v
}

func scrub(v reflect.Value) {
	if t, ok := v.Interface().(time.Time); ok {
		if !t.IsZero() {
			v.Set(reflect.ValueOf(t.In(zone)))
		}
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(strings.TrimSpace(Clean(v.String())))
	case reflect.Struct:
		for i := range v.NumField() {
			scrub(v.Field(i))
		}
	case reflect.Slice:
		c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(c, v)
		v.Set(c)
		for i := range v.Len() {
			scrub(v.Index(i))
		}
	}
}
