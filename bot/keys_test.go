package bot_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"tiepdan"
	"tiepdan/templates"
)

// A key in the source: what looks like one and isn't is named here.
var (
	keyed = regexp.MustCompile(`(?:Key: |say\(|toast\(|button\()"([a-z_]+(?:\.[a-z_0-9]+)*)"`)
	rows  = regexp.MustCompile(`rowOf\(([^)]*)\)`)
	ident = regexp.MustCompile(`"([a-z_]+)/?[a-z]*"`)
)

func TestEveryKeyThatIsSaidHasWords(t *testing.T) {
	t.Parallel()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		src, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range keyed.FindAllStringSubmatch(string(src), -1) {
			used[m[1]] = true
		}
		for _, m := range rows.FindAllStringSubmatch(string(src), -1) {
			for _, id := range ident.FindAllStringSubmatch(m[1], -1) {
				used["button."+strings.ReplaceAll(strings.TrimSuffix(strings.Trim(id[0], `"`), "/"), "/", "_")] = true
			}
		}
	}
	if len(used) < 100 {
		t.Fatalf("only %d keys found", len(used))
	}
	c := templates.Messages(tiepdan.Vietnamese)
	for key := range used {
		if !strings.HasSuffix(key, "_") && !c.Has(key) && !c.Has("button."+key) {
			t.Errorf("%s has no words", key)
		}
	}
}

func TestEveryNoticeHasWords(t *testing.T) {
	t.Parallel()
	src, err := os.ReadFile("../notice.go")
	if err != nil {
		t.Fatal(err)
	}
	keys := regexp.MustCompile(`"(notice\.[a-z_]+)"`).FindAllStringSubmatch(string(src), -1)
	if len(keys) < 15 {
		t.Fatalf("only %d notices found", len(keys))
	}
	for _, m := range keys {
		if !templates.Messages(tiepdan.English).Has(m[1]) {
			t.Errorf("%s has no words", m[1])
		}
	}
}

func TestEveryLiveMessageHasWords(t *testing.T) {
	t.Parallel()
	live := regexp.MustCompile(`"((?:booking|session|directive|conclusion)\.[a-z_]+)"`)
	used := map[string]bool{}
	for _, name := range []string{"notice_live.go", "directive.go", "directive_words.go", "visit.go", "book.go", "book_command.go", "ask_schedule.go"} {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range live.FindAllStringSubmatch(string(src), -1) {
			used[m[1]] = true
		}
	}
	if len(used) < 35 {
		t.Fatalf("only %d keys found", len(used))
	}
	for key := range used {
		if !templates.Messages(tiepdan.English).Has(key) {
			t.Errorf("%s has no words", key)
		}
	}
}
