package templates

import (
	"io/fs"
	"path"
	"regexp"
	"testing"
)

var defined = regexp.MustCompile(`{{-? *define "([^"]+)"`)

func TestEachMessageIsWrittenOnce(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"vi", "en"} {
		files, err := fs.Glob(messageFiles, "messages/"+lang+"/*.html")
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		where := map[string]string{}
		for _, file := range files {
			text, err := messageFiles.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range defined.FindAllSubmatch(text, -1) {
				key := string(m[1])
				if other, twice := where[key]; twice {
					t.Errorf("%s: %s is in %s, and in %s", lang, key, path.Base(other), path.Base(file))
				}
				where[key] = file
			}
		}
	}
}
