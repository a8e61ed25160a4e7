package tiepdan

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFolding(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"Đường  Trần Hưng Đạo,\nsố 12/5": "duong tran hung dao so 12 5",
		norm.NFD.String("Tiếp công dân"): "tiep cong dan",
		"TIẾP CÔNG DÂN":                  "tiep cong dan",
		"215,4 m²":                       "215 4 m2",
		"０９１２":                           "0912",
		"🙏 … !":                          "",
		"":                               "",
	} {
		if got := Fold(s); got != want {
			t.Errorf("Fold(%q) = %q, want %q", s, got, want)
		}
	}
	if !Same("Phường Đông Kinh", "phuong dong kinh.") || Same("Đông Kinh", "Đông Ninh") {
		t.Error("Same isn't the same")
	}
}

func TestCleaning(t *testing.T) {
	t.Parallel()
	family, flag := "👨\u200d👩\u200d👧", "🏳\ufe0f\u200d🌈"
	for _, c := range []struct{ name, text, want string }{
		{"composed", norm.NFD.String("Kiến nghị"), "Kiến nghị"},
		{"newlines stay", "một\r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn"},
		{"one blank line at most", "\n\nmột\n\n\n \nhai\n", "một\n\nhai"},
		{"no spaces at the ends", "  một  \nhai\t", "một\nhai"},
		{"a tab is a space", "một\thai", "một hai"},
		{"control characters go", "m\x00ộ\x1b[31mt\x7f", "mộ[31mt"},
		{"direction overrides go", "\u202eevil\u202c \u2066x\u2069\u200f", "evil x"},
		{"zero widths go", "th\u200bu\u200c h\ufeffồ\u00adi\u2060", "thu hồi"},
		{"joined emoji stay", family + " " + flag + " 👍🏽", family + " " + flag + " 👍🏽"},
		{"a joiner between letters goes", "a\u200db 👍\u200d", "ab 👍"},
		{"a joiner before what shows nothing goes", "👍\u200d\ufffd", "👍"},
		{"fillers go", "\u3164\u2800a\u115f", "a"},
		{"piles of marks are cut", "a" + strings.Repeat("\u0323", 100), "ạ\u0323\u0323\u0323"},
		{"broken bytes go", "a\xff\xfeb\ufffd", "ab"},
		{"nothing", " \n\u200b ", ""},
	} {
		if got := Clean(c.text); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// anyText draws the kind of text that breaks things.
func anyText() *rapid.Generator[string] {
	return rapid.Map(rapid.SliceOf(rapid.OneOf(
		rapid.SampledFrom([]string{"Kiến nghị ", "e\u0302\u0301", "👨\u200d👩\u200d👧", "🇻🇳", "👍🏽", ". ", "!\n", "\n\n", "\r\n", "  ", "\u200b", "\u200d", "\u202e", "\u0323"}),
		rapid.String(),
	)), func(parts []string) string { return strings.Join(parts, "") })
}

func TestCleanAndFoldAreDoneAtOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := anyText().Draw(t, "text")
		checkText(t, s)
	})
}

func checkText(t interface{ Fatalf(string, ...any) }, s string) {
	folded, clean := Fold(s), Clean(s)
	if again := Fold(folded); again != folded {
		t.Fatalf("Fold(%q) = %q, again %q", s, folded, again)
	}
	if again := Clean(clean); again != clean {
		t.Fatalf("Clean(%q) = %q, again %q", s, clean, again)
	}
	if !norm.NFC.IsNormalString(clean) || !utf8.ValidString(clean) || strings.Contains(clean, "\n\n\n") {
		t.Fatalf("Clean(%q) = %q", s, clean)
	}
	for _, r := range clean {
		if unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Cf, r) && r != joiner {
			t.Fatalf("Clean(%q) keeps %U", s, r)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("Đường Trần Hưng Đạo")
	f.Add("İ ẞ ﬁ ½ Ǆ \u0345 ϴ")
	f.Add("👨\u200d👩\u200d👧 \u200d\u0958")
	f.Fuzz(func(t *testing.T, s string) { checkText(t, s) })
}

func BenchmarkFold(b *testing.B) {
	s := strings.Repeat("Kiến nghị xem xét lại đơn giá bồi thường đối với 215,4 m² đất ở. ", 3)
	for b.Loop() {
		Fold(s)
	}
}
