package templates

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// toned finds a word whose tone mark stands on the second vowel, as in hoà, uỷ: the
// law's texts write hòa, ủy. After q the u is no vowel: quý is right both ways.
var toned = regexp.MustCompile(`(?i)(?:o[àáảãạèéẻẽẹ]|(?:^|[^qu])u[ỳýỷỹỵ])(?:$|[^\pL])`)

// keptLabels are buttons that posters and guides name to the letter.
var keptLabels = strings.NewReplacer("❌ Huỷ hẹn", "", "🗑 Huỷ{{end}}", "")

func TestVietnameseIsSpelledAsInTheLaw(t *testing.T) {
	t.Parallel()
	read := 0
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && (strings.HasPrefix(d.Name(), ".") && name != "." || d.Name() == "testdata" || d.Name() == "migrations") {
			return orSkip(err)
		}
		if d.IsDir() || !slices.Contains([]string{".html", ".txt", ".json", ".csv", ".js"}, path.Ext(name)) {
			return nil
		}
		text, err := os.ReadFile("../" + name)
		read++
		for i, line := range strings.Split(string(text), "\n") {
			if word := toned.FindString(keptLabels.Replace(line)); word != "" {
				t.Errorf("%s:%d: …%s", name, i+1, word)
			}
		}
		return err
	})
	if err != nil || read < 100 {
		t.Fatal(read, err)
	}
}

func TestASpellingIsToldApart(t *testing.T) {
	t.Parallel()
	for _, wrong := range []string{"huỷ", "Uỷ ban", "hoà giải", "toà", "khoẻ", "TUỲ", "thuỷ"} {
		if !toned.MatchString(wrong) {
			t.Errorf("%s passes", wrong)
		}
	}
	for _, right := range []string{"hủy", "Ủy ban", "hòa giải", "khoản", "quý", "Quỹ", "loại", "thoại", "uyển", "ngoài"} {
		if toned.MatchString(right) {
			t.Errorf("%s is refused", right)
		}
	}
}

func orSkip(err error) error {
	if err != nil {
		return err
	}
	return fs.SkipDir
}
