package templates

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tiepdan"
)

func TestBothLanguagesSayTheSame(t *testing.T) {
	t.Parallel()
	vi, en := Messages(tiepdan.Vietnamese).Keys(), Messages(tiepdan.English).Keys()
	for _, key := range vi {
		if !slices.Contains(en, key) {
			t.Errorf("%s isn't said in English", key)
		}
	}
	for _, key := range en {
		if !slices.Contains(vi, key) {
			t.Errorf("%s isn't said in Vietnamese", key)
		}
	}
	if len(vi) < 200 {
		t.Errorf("only %d messages", len(vi))
	}
}

// The tags of a message's source: what chat apps know, and what templates bring.
var tag = regexp.MustCompile(`</?([a-z]+)[^>]*>`)

func TestOnlyTagsThatChatAppsKnow(t *testing.T) {
	t.Parallel()
	for _, lang := range []tiepdan.Language{tiepdan.Vietnamese, tiepdan.English} {
		c := Messages(lang)
		for _, key := range c.Keys() {
			if strings.HasPrefix(key, "page.") {
				continue // said on pages
			}
			for _, m := range tag.FindAllStringSubmatch(c.set.Lookup(key).Tree.Root.String(), -1) {
				if !slices.Contains([]string{"b", "i", "code", "blockquote"}, m[1]) {
					t.Errorf("%s has <%s>", key, m[1])
				}
			}
		}
	}
}

func TestAWordOfTheirsIsNoMarkup(t *testing.T) {
	t.Parallel()
	c := Messages(tiepdan.Vietnamese)
	got, err := c.Say("text", "<b>Trần & con</b>")
	if err != nil || got != "&lt;b&gt;Trần &amp; con&lt;/b&gt;" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := c.Plain("text", "<b>Trần & con</b>"); err != nil || got != "<b>Trần & con</b>" {
		t.Errorf("plain %q, %v", got, err)
	}
}

func TestDatesAreSaidInFull(t *testing.T) {
	t.Parallel()
	d := tiepdan.Date{Year: 2026, Month: time.November, Day: 23}
	for lang, want := range map[tiepdan.Language]string{tiepdan.Vietnamese: "Thứ Hai, ngày 23/11/2026", tiepdan.English: "Monday, 23/11/2026", "fr": "Thứ Hai, ngày 23/11/2026"} {
		if got, err := Messages(lang).Say("date", d); err != nil || got != want {
			t.Errorf("%s: %q, %v", lang, got, err)
		}
	}
}

func TestHoursAreGathered(t *testing.T) {
	t.Parallel()
	h := tiepdan.DefaultHours()
	h[time.Saturday] = h[time.Monday][:1]
	got, err := Messages(tiepdan.Vietnamese).Say("hours", h)
	want := "• Thứ Hai – Thứ Sáu: 07:30–11:30, 13:00–17:00\n• Thứ Bảy: 07:30–11:30"
	if err != nil || got != want {
		t.Errorf("%q, %v", got, err)
	}
}

func TestAMissingArgumentIsAnError(t *testing.T) {
	t.Parallel()
	if s, err := Messages(tiepdan.Vietnamese).Say("case.gone.none", nil); err == nil {
		t.Errorf("an unknown key says %q", s)
	}
	s, err := Messages(tiepdan.Vietnamese).Say("track.pin", map[string]any{"PIN": "secret"})
	if err == nil {
		t.Errorf("a missing argument says %q", s)
	}
	if err != nil && strings.Contains(err.Error(), "secret") {
		t.Error("the error holds an argument")
	}
}
