package paper

import "testing"

func TestClean(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"decomposed is composed", "Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt"},
		{"an emoji is seen to be missing", "xin chào 😀!", "xin chào □!"},
		{"a family is one box", "👨‍👩‍👧‍👦.", "□."},
		{"a skin tone is no second box", "👍🏽", "□"},
		{"foreign letters are boxes", "漢字", "□□"},
		{"bidi marks and zero widths vanish", "a\u202eb\u200bc\ufeff", "abc"},
		{"controls vanish", "a\x00b\x01\x02\x7f", "ab"},
		{"lines stay lines", "a\r\nb\u2028c\rd", "a\nb\nc\nd"},
		{"spaces are spaces", "a\tb\u00a0c\u2003d", "a b c d"},
		{"broken bytes are seen", "a\xffb", "a□b"},
		{"heaps of marks are cut, visibly", "x\u0335\u0336\u0337\u0338\u0334", "x\u0335\u0336□"},
		{"punctuation stays", "“Đúng” – 50 % … ₫ 12 m² №", "“Đúng” – 50 % … ₫ 12 m² №"},
	} {
		if got := Clean(c.in); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, h := range hostile {
		f.Add(h)
	}
	f.Fuzz(func(t *testing.T, s string) {
		known, out := coverage(), Clean(s)
		for _, r := range out {
			if r != '\n' && !known[r] {
				t.Fatalf("%q leaves %U, which the fonts lack", s, r)
			}
		}
		if again := Clean(out); again != out {
			t.Fatalf("%q then %q", out, again)
		}
	})
}
