package tiepdan

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func joined(ps []Piece, mark string) string {
	var b strings.Builder
	for _, p := range ps {
		if p.Only {
			b.WriteString(mark + p.Text + mark)
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestDifferencesAreWords(t *testing.T) {
	t.Parallel()
	left, right := Differences("Đèn đường số 12 hỏng\nđã hai tuần.", "den duong số 15 hỏng đã ba tuần, xin sửa.")
	if l, r := joined(left, "|"), joined(right, "|"); l != "Đèn đường số |12 |hỏng\nđã |hai |tuần." || r != "den duong số |15 |hỏng đã |ba |tuần, |xin sửa.|" {
		t.Errorf("%q\n%q", l, r)
	}
	long := strings.Repeat("Một câu khá dài về việc ở ngõ Mẫu. ", 300)
	left, right = Differences(long+"Câu cuối.", long+"Câu khác hẳn.")
	if len(left) != 2 || left[1].Text != "Câu cuối." || right[1].Text != "Câu khác hẳn." {
		t.Errorf("long texts: %d and %d pieces", len(left), len(right))
	}
}

func TestNoWordIsLostInAComparison(t *testing.T) {
	t.Parallel()
	words := rapid.SliceOfN(rapid.SampledFrom([]string{"đèn ", "hỏng. ", "hỏng\n", "rác", " ", "…", "12/4 "}), 0, 30)
	rapid.Check(t, func(t *rapid.T) {
		a, b := strings.Join(words.Draw(t, "a"), ""), strings.Join(words.Draw(t, "b"), "")
		left, right := Differences(a, b)
		if joined(left, "") != a || joined(right, "") != b {
			t.Fatalf("%q %q", joined(left, ""), joined(right, ""))
		}
		var l, r string
		for _, p := range left {
			if !p.Only {
				l += p.Text
			}
		}
		for _, p := range right {
			if !p.Only {
				r += p.Text
			}
		}
		if Fold(l) != Fold(r) {
			t.Fatalf("common is %q and %q", l, r)
		}
	})
}
