package backend

import (
	"strings"
	"testing"
)

func TestALongTextFoldsWhereALineOrAWordEnds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text, joint string
		folds             bool
	}{
		{"a short one stands open", strings.Repeat("Đường hỏng. ", 300), "", false},
		{"at a line's end", strings.Repeat("Đường hỏng từ cầu đến chợ.\n", 300), "\n", true},
		{"at a word's end", strings.Repeat("đường hỏng ", 1000), " ", true},
		{"within a word that never ends", strings.Repeat("ễ", 20000), "", true},
	} {
		f := fold(c.text)
		if (f.Rest != "") != c.folds || f.Head+c.joint+f.Rest != c.text {
			t.Errorf("%s: %d and %d bytes of %d", c.name, len(f.Head), len(f.Rest), len(c.text))
		}
		if c.folds && f.More != len([]rune(f.Rest)) {
			t.Errorf("%s: says %d more characters", c.name, f.More)
		}
	}
}
