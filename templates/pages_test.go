package templates

import (
	"io/fs"
	"regexp"
	"testing"

	"tiepdan"
)

// said is a message that a page asks for by its whole key, or the label of a control.
var said = regexp.MustCompile(`\b(?:t|control \$?[\w.]+ "[^"]*") "([^"]+)"`)

func TestAPageAsksOnlyForMessagesThatAreWritten(t *testing.T) {
	t.Parallel()
	files, err := fs.Glob(pageFiles, "pages/*.html")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	vi, asked := Messages(tiepdan.Vietnamese), 0
	for _, file := range files {
		text, err := pageFiles.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range said.FindAllSubmatch(text, -1) {
			if key := "page." + string(m[1]); !vi.Has(key) {
				t.Errorf("%s asks for %s", file, key)
			}
			asked++
		}
	}
	if asked < 500 {
		t.Errorf("only %d messages are asked for", asked)
	}
}
