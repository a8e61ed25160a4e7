package tiepdan

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestWhereTextIsCut(t *testing.T) {
	t.Parallel()
	family := "👨\u200d👩\u200d👧" // eight units
	for _, c := range []struct {
		name, text string
		max        int
		want       []string
	}{
		{"nothing", " \n ", 10, nil},
		{"short", " một hai ", 10, []string{"một hai"}},
		{"just fits", "một hai", 7, []string{"một hai"}},
		{"at the paragraph", "một. hai\n\nba bốn năm", 16, []string{"một. hai", "ba bốn năm"}},
		{"at the line", "một. hai ba\nbốn năm", 16, []string{"một. hai ba", "bốn năm"}},
		{"at the sentence", "một hai. Ba bốn năm", 14, []string{"một hai.", "Ba bốn năm"}},
		{"at the word", "một hai ba bốn", 9, []string{"một hai", "ba bốn"}},
		{"a paragraph that is too early", "một\n\nhai ba bốn năm", 18, []string{"một\n\nhai ba bốn", "năm"}},
		{"inside a long word", "aaaaaaaa", 3, []string{"aaa", "aaa", "aa"}},
		{"not between a letter and its marks", norm.NFD.String("ếếế"), 4, []string{norm.NFD.String("ế"), norm.NFD.String("ế"), norm.NFD.String("ế")}},
		{"not inside a family", "a" + family + family, 10, []string{"a" + family, family}},
		{"unless it alone is too long", family, 5, []string{"👨\u200d👩", "\u200d👧"}},
		{"not inside a flag", "🇻🇳🇻🇳", 6, []string{"🇻🇳", "🇻🇳"}},
		{"never half a character", "👍👍", 1, []string{"👍", "👍"}},
	} {
		if got := SplitText(c.text, c.max); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestNothingIsLostInSplitting(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		checkSplit(t, anyText().Draw(t, "text"), rapid.IntRange(0, 60).Draw(t, "max"))
	})
}

// checkSplit finds the pieces in the text one after the other, with nothing but white space between them.
func checkSplit(t interface{ Fatalf(string, ...any) }, s string, limit int) {
	pieces, rest := SplitText(s, limit), s
	limit = max(limit, 2)
	for _, p := range pieces {
		rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
		if p == "" || strings.TrimSpace(p) != p || !strings.HasPrefix(rest, p) {
			t.Fatalf("%q in %d: %q isn't next in %q", s, limit, p, rest)
		}
		if utf8.ValidString(s) && len(utf16.Encode([]rune(p))) > limit {
			t.Fatalf("%q in %d: %q is too long", s, limit, p)
		}
		rest = rest[len(p):]
	}
	if strings.TrimSpace(rest) != "" {
		t.Fatalf("%q in %d: lost %q", s, limit, rest)
	}
}

func FuzzSplitText(f *testing.F) {
	f.Add("Kính gửi. Tôi tên là Người Dân Mẫu 1!\n\nXin cảm ơn 🙏🏽 🇻🇳", 12)
	f.Add("e\u0302\u0301\r\n\r\n👨\u200d👩", 3)
	f.Add("\xff\xfe \u2028", 2)
	f.Fuzz(func(t *testing.T, s string, max int) { checkSplit(t, s, max%5000) })
}

func BenchmarkSplitText(b *testing.B) {
	s := strings.Repeat("Gia đình tôi bị thu hồi 215,4 mét vuông đất ở. ", 400)
	for b.Loop() {
		SplitText(s, 4096)
	}
}
