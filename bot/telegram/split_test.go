package telegram

import (
	"html"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"

	"pgregory.net/rapid"
)

func TestSplitHTML(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, in string
		max      int
		want     []string
	}{
		{"a short text stays as it is", "Kính gửi <b>Ông</b> &amp; Bà", 100, []string{"Kính gửi <b>Ông</b> &amp; Bà"}},
		{"bold goes on in the next part", "<b>một hai ba bốn</b>", 8, []string{"<b>một hai</b>", "<b>ba bốn</b>"}},
		{"an entity counts as one and is never cut", "&lt;&lt;&lt;&lt;", 2, []string{"&lt;&lt;", "&lt;&lt;"}},
		{"a link is opened again with its address", `<a href="https://vi.du/?a=1&amp;b=2">một hai</a>`, 4,
			[]string{`<a href="https://vi.du/?a=1&amp;b=2">một</a>`, `<a href="https://vi.du/?a=1&amp;b=2">hai</a>`}},
		{"an empty tag says nothing", "<i></i>a<b> </b>", 10, []string{"a"}},
		{"a lone sign is text", "1 < 2 & 3", 20, []string{"1 &lt; 2 &amp; 3"}},
		{"nothing but space is no part", " <b>\n</b> ", 10, nil},
		{"what was left open is closed", "<b>một", 10, []string{"<b>một</b>"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := splitHTML(c.in, c.max)
			if strings.Join(got, "|") != strings.Join(c.want, "|") {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// Whatever the text: parts are short enough, each balanced, and together they
// say all of it.
func TestSplitLosesNothing(t *testing.T) {
	t.Parallel()
	pieces := []string{"<b>", "</b>", "<i>", "</i>", `<a href="https://vi.du/x?a=&quot;">`, "</a>", "<blockquote expandable>", "</blockquote>",
		"&amp;", "&lt;b&gt;", "&#128512;", "ệ", "e\u0302\u0323", "👨‍👩‍👧", "🇻🇳", " ", "\n", "\n\n", ". ", "đơn", "khiếu nại", "a>b"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 120).Draw(t, "text"), "")
		limit := rapid.IntRange(16, 60).Draw(t, "max")
		var all strings.Builder
		for _, part := range splitHTML(text, limit) {
			balanced(t, part)
			read := stripTags(part)
			if n := len(utf16.Encode([]rune(read))); n > limit || n == 0 {
				t.Fatalf("a part of %d units, at most %d: %q", n, limit, part)
			}
			all.WriteString(read)
		}
		if got, want := squeeze(all.String()), squeeze(stripTags(text)); got != want {
			t.Fatalf("read %q, want %q", got, want)
		}
	})
}

var tagPattern = regexp.MustCompile(`</?[a-z][^>]*>`)

func stripTags(s string) string { return html.UnescapeString(tagPattern.ReplaceAllString(s, "")) }

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func balanced(t *rapid.T, part string) {
	var open []string
	for _, tag := range tagPattern.FindAllString(part, -1) {
		name := strings.Trim(strings.Fields(tag)[0], "</>")
		if !strings.HasPrefix(tag, "</") {
			open = append(open, name)
			continue
		}
		if len(open) == 0 || open[len(open)-1] != name {
			t.Fatalf("unbalanced: %q", part)
		}
		open = open[:len(open)-1]
	}
	if len(open) > 0 {
		t.Fatalf("left open: %q", part)
	}
}

func TestUnits(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "abc", "Tiếp công dân", "👍🏽", "e\u0302"} {
		if got, want := units(s), len(utf16.Encode([]rune(s))); got != want {
			t.Errorf("units(%q) = %d, want %d", s, got, want)
		}
	}
	if got := short(strings.Repeat("dài ", 100), maxToast); units(got) > maxToast || !strings.HasSuffix(got, "…") {
		t.Errorf("short: %q", got)
	}
}
